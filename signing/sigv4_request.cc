#include "signing/sigv4_request.h"

#include <cstddef>
#include <span>
#include <utility>

#include "signing/canonical_request.h"
#include "signing/concat.h"
#include "signing/sigv4_request_checks.h"
#include "signing/sigv4_string_to_sign.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

/// Writes the value of the header Authorization.
void WriteAuthorization(std::string& out, std::string_view access_key_id, const Sigv4Scope& scope,
                        std::string_view signed_headers, std::string_view signature) {
  constexpr std::string_view kCredential = " Credential=";
  constexpr std::string_view kSignedHeaders = ", SignedHeaders=";
  constexpr std::string_view kSignature = ", Signature=";
  AssignConcat(out, kSigv4Algorithm, kCredential, access_key_id, '/', scope.date, '/', scope.region,
               '/', scope.service, '/', kSigv4Terminal, kSignedHeaders, signed_headers, kSignature,
               signature);
}

/// Writes the headers that the signer adds, in the room that `out` has, and returns those of them
/// that are signed.
std::span<const HttpHeader> WriteAddedHeaders(std::vector<HttpHeader>& out,
                                              const Sigv4Credentials& credentials,
                                              const Sigv4Settings& settings,
                                              const Sigv4OwnHeaders& own,
                                              bool content_sha256_header,
                                              std::string_view payload_hash) {
  const bool adds_date = own.date == nullptr;
  const bool adds_payload_hash = content_sha256_header && own.content_sha256 == nullptr;
  const bool adds_token = !credentials.session_token.empty() && own.security_token == nullptr;
  out.resize(std::size_t{adds_date} + std::size_t{adds_payload_hash} + std::size_t{adds_token});
  auto header = out.begin();
  const auto add = [&header](std::string_view name, std::string_view value) {
    header->name = name;
    header->value = value;
    ++header;
  };
  if (adds_date) add(kAmzDate, settings.timestamp);
  if (adds_payload_hash) add(kAmzContentSha256, payload_hash);
  if (adds_token) add(kAmzSecurityToken, credentials.session_token);
  const bool all_are_signed = !adds_token || settings.sign_session_token;
  return std::span(out).first(out.size() - (all_are_signed ? 0 : 1));
}

}  // namespace

Result<Sigv4SignedRequest> SignSigv4(Backend& backend, const HttpRequest& request,
                                     const Sigv4Credentials& credentials,
                                     const Sigv4Settings& settings, bool content_sha256_header,
                                     Sigv4KeyCache* cache) {
  Result<Sigv4SignedRequest> out = Sigv4SignedRequest{};
  if (auto error = SignSigv4Into(*out, backend, request, credentials, settings,
                                 content_sha256_header, cache)) {
    out = *std::move(error);
  }
  return out;
}

std::optional<Error> SignSigv4Into(Sigv4SignedRequest& out, Backend& backend,
                                   const HttpRequest& request, const Sigv4Credentials& credentials,
                                   const Sigv4Settings& settings, bool content_sha256_header,
                                   Sigv4KeyCache* cache) {
  const Result<Sigv4OwnHeaders> own = CheckSigv4Request(request, credentials, settings);
  if (!own) return own.error();
  const Sigv4Scope scope = {DateOfSigv4Timestamp(settings.timestamp), settings.region,
                            settings.service};
  Sigv4KeyCache unkept;
  const auto key = (cache != nullptr ? *cache : unkept).Find(backend, credentials.secret, scope);
  if (!key) return key.error();
  PayloadHashRoom room;
  const auto payload_hash = Sigv4PayloadHash(backend, request, settings, *own, room);
  if (!payload_hash) return payload_hash.error();

  const auto added = WriteAddedHeaders(out.added_headers, credentials, settings, *own,
                                       content_sha256_header, *payload_hash);
  const SignedHeaders headers(request, *own, settings);
  CanonicalRequest canonical_request = {std::move(out.canonical_request)};
  const CanonicalRequestSource source = {
      .method = request.method,
      .path = request.path,
      .path_options = settings.path,
      .query = request.query,
      .headers = headers.get(),
      .more_headers = added,
      .payload_hash = *payload_hash,
  };
  if (auto error = WriteCanonicalRequest(canonical_request, source)) return error;
  WriteSigv4StringToSign(out.string_to_sign, backend, settings.timestamp, scope,
                         canonical_request.text);
  WriteSigv4Signature(out.signature, backend, **key, out.string_to_sign);
  WriteAuthorization(out.authorization, credentials.access_key_id, scope,
                     canonical_request.signed_headers(), out.signature);
  out.canonical_request = std::move(canonical_request.text);
  return std::nullopt;
}

}  // namespace sigvet
