#include "diagnosis/signed_request.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/hex.h"
#include "signing/canonical_headers.h"
#include "signing/canonical_query.h"
#include "signing/percent_encoding.h"
#include "signing/service_rules.h"

namespace sigvet {
namespace {

constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
constexpr std::string_view kContentSha256 = "X-Amz-Content-Sha256";

/// The names of SignedHeaders as they should stand there.
std::vector<std::string> SortedNames(const Sigv4Claim& claim) {
  std::vector<std::string> names;
  names.reserve(claim.signed_headers.size());
  for (const std::string& name : claim.signed_headers) names.push_back(ToLowerAscii(name));
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

Result<std::string> JoinedValue(const HttpRequest& request, const std::string& name) {
  std::string joined;
  bool first = true;
  for (const std::string_view value : HeaderValues(request, name)) {
    const Result<std::string> canonical = CanonicalHeaderValue({name, std::string(value)});
    if (!canonical) return canonical.error();
    joined.append(first ? "" : ",").append(*canonical);
    first = false;
  }
  return joined;
}

}  // namespace

std::vector<std::string_view> HeaderValues(const HttpRequest& request, std::string_view name) {
  std::vector<std::string_view> values;
  for (const HttpHeader& header : request.headers) {
    if (SameHeaderName(header.name, name)) values.emplace_back(header.value);
  }
  return values;
}

std::string SignedQuery(const SignedRequest& signed_request) {
  std::string_view rest = signed_request.request.query;
  if (signed_request.claim.form == Sigv4Claim::Form::kHeader) return std::string(rest);
  std::string query;
  bool first = true;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const std::string name = PercentDecode(pair.substr(0, pair.find('='))).value_or("");
    if (name == "X-Amz-Signature") continue;
    if (name == "X-Amz-Security-Token" && !signed_request.session_token_is_signed) continue;
    query.append(first ? "" : "&").append(pair);
    first = false;
  }
  return query;
}

std::string StatedPayloadHash(const SignedRequest& signed_request) {
  const auto headers = HeaderValues(signed_request.request, kContentSha256);
  if (!headers.empty()) {
    const auto value = CanonicalHeaderValue({std::string(kContentSha256), std::string(headers[0])});
    return value ? *value : std::string(headers[0]);
  }
  if (signed_request.claim.form == Sigv4Claim::Form::kHeader) return {};
  const auto parameters = ParseQuery(signed_request.request.query);
  if (parameters) {
    const auto found = std::ranges::find(*parameters, kContentSha256, &QueryParameter::name);
    if (found != parameters->end()) return found->value;
  }
  return HasS3Rules(signed_request.claim.service) ? std::string(kUnsignedPayload) : std::string();
}

std::string Sigv4Derivation::CanonicalRequest() const {
  std::string text(canonical_request_begin);
  for (const std::string* line : {&method, &path, &query}) text.append(*line).append(line_break);
  for (const HttpHeader& header : headers) {
    text.append(header.name).append(":").append(header.value).append(line_break);
  }
  if (empty_line_after_headers) text.append(line_break);
  text.append(signed_headers).append(line_break).append(payload_hash);
  return text.append(canonical_request_end);
}

std::string Sigv4Derivation::StringToSign(Backend& backend) const {
  if (is_canonical_request_inlined) return StringToSign(CanonicalRequest());
  std::string hash = HexSha256(backend, CanonicalRequest());
  if (is_hash_upper_case) {
    for (char& c : hash) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return StringToSign(hash);
}

std::string Sigv4Derivation::StringToSign(std::string_view canonical_request_hash) const {
  const std::string_view end = string_to_sign_line_break;
  std::string text(string_to_sign_begin);
  if (!algorithm.empty()) text.append(algorithm).append(end);
  text.append(timestamp).append(end).append(scope);
  text.append(end).append(canonical_request_hash);
  return text.append(string_to_sign_end);
}

std::string ReplaceAll(std::string_view text, std::string_view from, std::string_view to) {
  std::string replaced;
  while (true) {
    const std::size_t found = text.find(from);
    replaced.append(text.substr(0, found));
    if (found == text.npos) return replaced;
    replaced.append(to);
    text.remove_prefix(found + from.size());
  }
}

std::string WithLowerCaseEscapes(std::string_view text) {
  std::string lower(text);
  for (std::size_t i = lower.find('%'); i != lower.npos; i = lower.find('%', i + 1)) {
    for (std::size_t digit = i + 1; digit < std::min(i + 3, lower.size()); ++digit) {
      lower[digit] = lower[digit] >= 'A' && lower[digit] <= 'F'
                         ? static_cast<char>(lower[digit] - 'A' + 'a')
                         : lower[digit];
    }
  }
  return lower;
}

std::string HexSha256(Backend& backend, std::string_view text) {
  return ToHex(backend.Sha256(AsBytes(text)));
}

Result<Sigv4Derivation> DeriveAsItShouldBe(Backend& backend, const SignedRequest& signed_request) {
  const Sigv4Claim& claim = signed_request.claim;
  Sigv4Derivation derivation;
  derivation.method = signed_request.request.method;
  Result<std::string> path = CanonicalPath(signed_request.request.path, signed_request.path);
  if (!path) return path.error();
  derivation.path = std::move(*path);
  Result<std::string> query = CanonicalQuery(SignedQuery(signed_request));
  if (!query) return query.error();
  derivation.query = std::move(*query);
  for (const std::string& name : SortedNames(claim)) {
    Result<std::string> value = JoinedValue(signed_request.request, name);
    if (!value) return value.error();
    derivation.headers.push_back({name, std::move(*value)});
    derivation.signed_headers.append(derivation.headers.size() > 1 ? ";" : "").append(name);
  }
  derivation.payload_hash = StatedPayloadHash(signed_request);
  if (derivation.payload_hash.empty()) {
    derivation.payload_hash = HexSha256(backend, signed_request.request.body);
  }
  derivation.timestamp = claim.timestamp;
  derivation.scope = claim.date + "/" + claim.region + "/" + claim.service + "/aws4_request";
  return derivation;
}

}  // namespace sigvet
