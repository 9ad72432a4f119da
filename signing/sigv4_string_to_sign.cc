#include "signing/sigv4_string_to_sign.h"

#include "base/hex.h"
#include "signing/concat.h"

namespace sigvet {

std::string CredentialScope(const Sigv4Scope& scope) {
  return Concat(scope.date, '/', scope.region, '/', scope.service, '/', kSigv4Terminal);
}

void WriteSigv4StringToSign(std::string& out, Backend& backend, std::string_view timestamp,
                            const Sigv4Scope& scope, std::string_view canonical_request) {
  const HexDigest hash = ToHexDigest(backend.Sha256(AsBytes(canonical_request)));
  AssignConcat(out, kSigv4Algorithm, '\n', timestamp, '\n', scope.date, '/', scope.region, '/',
               scope.service, '/', kSigv4Terminal, '\n',
               std::string_view(hash.data(), hash.size()));
}

std::string Sigv4StringToSign(Backend& backend, std::string_view timestamp, const Sigv4Scope& scope,
                              std::string_view canonical_request) {
  std::string out;
  WriteSigv4StringToSign(out, backend, timestamp, scope, canonical_request);
  return out;
}

std::string Sigv4Signature(Backend& backend, const Digest& signing_key,
                           std::string_view string_to_sign) {
  std::string out;
  WriteSigv4Signature(out, backend, signing_key, string_to_sign);
  return out;
}

void WriteSigv4Signature(std::string& out, Backend& backend, const Digest& signing_key,
                         std::string_view string_to_sign) {
  const HexDigest mac = ToHexDigest(backend.HmacSha256(signing_key, AsBytes(string_to_sign)));
  out.assign(mac.data(), mac.size());
}

}  // namespace sigvet
