#include "signing/sigv4_string_to_sign.h"

#include "base/hex.h"
#include "signing/concat.h"

namespace sigvet {

std::string CredentialScope(const Sigv4Scope& scope) {
  return Concat(scope.date, '/', scope.region, '/', scope.service, '/', kSigv4Terminal);
}

std::string Sigv4StringToSign(Backend& backend, std::string_view timestamp, const Sigv4Scope& scope,
                              std::string_view canonical_request) {
  const HexDigest hash = ToHexDigest(backend.Sha256(AsBytes(canonical_request)));
  return Concat(kSigv4Algorithm, '\n', timestamp, '\n', scope.date, '/', scope.region, '/',
                scope.service, '/', kSigv4Terminal, '\n',
                std::string_view(hash.data(), hash.size()));
}

std::string Sigv4Signature(Backend& backend, const Digest& signing_key,
                           std::string_view string_to_sign) {
  return ToHex(backend.HmacSha256(signing_key, AsBytes(string_to_sign)));
}

}  // namespace sigvet
