#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "signing/canonical_headers.h"
#include "signing/canonical_query.h"
#include "signing/canonical_request.h"
#include "signing/percent_encoding.h"
#include "signing/sigv4_request.h"
#include "signing/sigv4_request_checks.h"
#include "signing/sigv4_string_to_sign.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

constexpr std::string_view kAmzAlgorithm = "X-Amz-Algorithm";
constexpr std::string_view kAmzCredential = "X-Amz-Credential";
constexpr std::string_view kAmzExpires = "X-Amz-Expires";
constexpr std::string_view kAmzSignedHeaders = "X-Amz-SignedHeaders";
constexpr std::string_view kAmzSignature = "X-Amz-Signature";

constexpr std::array kOwnParameters = {kAmzAlgorithm,    kAmzCredential,    kAmzDate,
                                       kAmzExpires,      kAmzSecurityToken, kAmzSignature,
                                       kAmzSignedHeaders};

std::optional<Error> CheckPresigned(const HttpRequest& request, const Sigv4OwnHeaders& own,
                                    bool has_token, std::int64_t expires_s) {
  if (expires_s < 1 || expires_s > kMaxExpiresS) {
    return Error{"a presigned URL can't expire after " + std::to_string(expires_s) + " s",
                 {},
                 "from 1 s to " + std::to_string(kMaxExpiresS) + " s, which is a week"};
  }
  if (own.date != nullptr) {
    return Error{"X-Amz-Date is among the headers", {}, "a presigned URL has it in its query"};
  }
  if (has_token && own.security_token != nullptr) {
    return Error{
        "X-Amz-Security-Token is among the headers", {}, "a presigned URL has it in its query"};
  }
  const auto parameters = ParseQuery(request.query);
  if (!parameters) return parameters.error();
  for (const QueryParameter& parameter : *parameters) {
    for (const std::string_view name : kOwnParameters) {
      if (SameHeaderName(parameter.name, name)) {
        return Error{"the query has the parameter " + std::string(name) + " already",
                     {},
                     "presign the request without it"};
      }
    }
  }
  return std::nullopt;
}

/// The value of Host as a URL has it.
Result<std::string> UrlHost(const HttpHeader& host) {
  constexpr std::string_view kMarks = "-._~!$&'()*+,;=:[]%";  // RFC 3986 section 3.2.2, and a port
  const auto belongs = [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kMarks.find(c) != std::string_view::npos;
  };
  Result<std::string> value = CanonicalHeaderValue(host);
  if (value && !std::ranges::all_of(*value, belongs)) {
    return Error{"no URL can have the host \"" + Visible(*value) + "\"",
                 {},
                 "as in example.amazonaws.com or localhost:9000"};
  }
  return value;
}

void AddParameter(std::string& query, std::string_view name, std::string_view value) {
  ((query += '&') += name) += '=';
  AppendPercentEncoded(query, value, BareCharacters::kUnreserved);
}

}  // namespace

Result<Sigv4PresignedUrl> PresignSigv4(Backend& backend, const HttpRequest& request,
                                       const Sigv4Credentials& credentials,
                                       const Sigv4Settings& settings, std::int64_t expires_s,
                                       Sigv4KeyCache* cache) {
  const Result<Sigv4OwnHeaders> own = CheckSigv4Request(request, credentials, settings);
  if (!own) return own.error();
  const bool has_token = !credentials.session_token.empty();
  if (auto error = CheckPresigned(request, *own, has_token, expires_s)) return *error;
  const Result<std::string> host = UrlHost(*own->host);
  if (!host) return host.error();
  const Sigv4Scope scope = {DateOfSigv4Timestamp(settings.timestamp), settings.region,
                            settings.service};
  Sigv4KeyCache unkept;
  const auto key = (cache != nullptr ? *cache : unkept).Find(backend, credentials.secret, scope);
  if (!key) return key.error();
  PayloadHashRoom room;
  const auto payload_hash = Sigv4PayloadHash(backend, request, settings, *own, room);
  if (!payload_hash) return payload_hash.error();
  const SignedHeaders headers(request, *own, settings);
  const Result<CanonicalHeaders> canonical_headers = CanonicalizeHeaders(headers.get());
  if (!canonical_headers) return canonical_headers.error();

  std::string parameters = request.query;
  AddParameter(parameters, kAmzAlgorithm, kSigv4Algorithm);
  AddParameter(parameters, kAmzCredential,
               credentials.access_key_id + '/' + CredentialScope(scope));
  AddParameter(parameters, kAmzDate, settings.timestamp);
  AddParameter(parameters, kAmzExpires, std::to_string(expires_s));
  AddParameter(parameters, kAmzSignedHeaders, canonical_headers->signed_headers);
  if (has_token && settings.sign_session_token) {
    AddParameter(parameters, kAmzSecurityToken, credentials.session_token);
  }
  Result<std::string> query = CanonicalQuery(parameters);
  if (!query) return query.error();
  Result<CanonicalRequest> canonical_request = MakeCanonicalRequest({
      .method = request.method,
      .path = request.path,
      .path_options = settings.path,
      .query = *query,
      .headers = headers.get(),
      .payload_hash = *payload_hash,
  });
  if (!canonical_request) return canonical_request.error();

  Sigv4PresignedUrl out;
  out.canonical_request = std::move(canonical_request->text);
  out.string_to_sign = Sigv4StringToSign(backend, settings.timestamp, scope, out.canonical_request);
  out.signature = Sigv4Signature(backend, **key, out.string_to_sign);
  out.url = "https://" + *host;
  AppendPercentEncoded(out.url, request.path.empty() ? "/" : request.path,
                       BareCharacters::kUrlPath);
  (out.url += '?') += *query;
  AddParameter(out.url, kAmzSignature, out.signature);
  if (has_token && !settings.sign_session_token) {
    AddParameter(out.url, kAmzSecurityToken, credentials.session_token);
  }
  return out;
}

}  // namespace sigvet
