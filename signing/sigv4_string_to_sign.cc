#include "signing/sigv4_string_to_sign.h"

#include "base/hex.h"
#include "signing/concat.h"
#include "signing/text_scan.h"

namespace sigvet {
namespace {

/// A credential is parted by slashes, and ends at a comma.
std::optional<Error> CheckName(const char* what, std::string_view text) {
  const auto has = [what](const char* offence) {
    return Error{"the " + std::string(what) + " has a " + offence};
  };
  if (FindBlankOrControl(text) < text.size()) return has("blank or a control character");
  const std::size_t separator = text.find_first_of("/,");
  if (separator == std::string_view::npos) return std::nullopt;
  return has(text[separator] == ',' ? "comma" : "slash");
}

}  // namespace

std::optional<Error> CheckCredential(std::string_view access_key_id, std::string_view region,
                                     std::string_view service) {
  if (auto error = CheckName("access key id", access_key_id)) return error;
  if (auto error = CheckName("region", region)) return error;
  return CheckName("service", service);
}

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
