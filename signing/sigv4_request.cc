#include "signing/sigv4_request.h"

#include <span>
#include <utility>

#include "signing/canonical_request.h"
#include "signing/concat.h"
#include "signing/sigv4_request_checks.h"
#include "signing/sigv4_string_to_sign.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

/// The value of the header Authorization.
std::string Authorization(std::string_view access_key_id, const Sigv4Scope& scope,
                          std::string_view signed_headers, std::string_view signature) {
  constexpr std::string_view kCredential = " Credential=";
  constexpr std::string_view kSignedHeaders = ", SignedHeaders=";
  constexpr std::string_view kSignature = ", Signature=";
  return Concat(kSigv4Algorithm, kCredential, access_key_id, '/', scope.date, '/', scope.region,
                '/', scope.service, '/', kSigv4Terminal, kSignedHeaders, signed_headers, kSignature,
                signature);
}

}  // namespace

Result<Sigv4SignedRequest> SignSigv4(Backend& backend, const HttpRequest& request,
                                     const Sigv4Credentials& credentials,
                                     const Sigv4Settings& settings, bool content_sha256_header,
                                     Sigv4KeyCache* cache) {
  const Result<Sigv4OwnHeaders> own = CheckSigv4Request(request, credentials, settings);
  if (!own) return own.error();
  const Sigv4Scope scope = {DateOfSigv4Timestamp(settings.timestamp), settings.region,
                            settings.service};
  Sigv4KeyCache unkept;
  const auto key = (cache != nullptr ? *cache : unkept).Find(backend, credentials.secret, scope);
  if (!key) return key.error();
  Result<std::string> payload_hash = Sigv4PayloadHash(backend, request, settings, *own);
  if (!payload_hash) return payload_hash.error();
  std::string_view payload_hash_line = *payload_hash;

  Sigv4SignedRequest out;
  out.added_headers.reserve(3);
  const auto add = [&out](std::string_view name, std::string value) -> const HttpHeader& {
    return out.added_headers.emplace_back(HttpHeader{std::string(name), std::move(value)});
  };
  const bool token_is_added = !credentials.session_token.empty() && own->security_token == nullptr;
  if (own->date == nullptr) add(kAmzDate, settings.timestamp);
  if (content_sha256_header && own->content_sha256 == nullptr) {
    payload_hash_line = add(kAmzContentSha256, std::move(*payload_hash)).value;
  }
  if (token_is_added && settings.sign_session_token) {
    add(kAmzSecurityToken, credentials.session_token);
  }

  const SignedHeaders headers(request, *own, settings);
  Result<CanonicalRequest> canonical_request = MakeCanonicalRequest({
      .method = request.method,
      .path = request.path,
      .path_options = settings.path,
      .query = request.query,
      .headers = headers.get(),
      .more_headers = out.added_headers,
      .payload_hash = payload_hash_line,
  });
  if (!canonical_request) return canonical_request.error();
  if (token_is_added && !settings.sign_session_token) {
    add(kAmzSecurityToken, credentials.session_token);
  }
  out.string_to_sign =
      Sigv4StringToSign(backend, settings.timestamp, scope, canonical_request->text);
  out.signature = Sigv4Signature(backend, **key, out.string_to_sign);
  out.authorization = Authorization(credentials.access_key_id, scope,
                                    canonical_request->signed_headers(), out.signature);
  out.canonical_request = std::move(canonical_request->text);
  return out;
}

}  // namespace sigvet
