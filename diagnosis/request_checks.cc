#include "diagnosis/request_checks.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/ascii.h"
#include "base/hex.h"
#include "base/utf8.h"
#include "signing/canonical_headers.h"
#include "signing/service_rules.h"
#include "signing/sigv4_request.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

using Remarks = std::vector<Remark>;

bool IsPresigned(const SignedRequest& signed_request) {
  return signed_request.claim.form == Sigv4Claim::Form::kQuery;
}

bool IsSigned(const SignedRequest& signed_request, std::string_view name) {
  return std::ranges::any_of(
      signed_request.claim.signed_headers,
      [&](const std::string& signed_name) { return SameHeaderName(signed_name, name); });
}

void CheckTime(const SignedRequest& signed_request, Remarks& remarks) {
  const Sigv4Claim& claim = signed_request.claim;
  if (claim.timestamp.empty()) {
    remarks.push_back({"date-missing", "the request has neither X-Amz-Date nor Date",
                       "send X-Amz-Date, as in 20150830T123600Z, and sign it"});
  } else if (!IsSigv4Timestamp(claim.timestamp)) {
    remarks.push_back({"date-malformed",
                       "the request's time is no time: " + Visible(claim.timestamp),
                       "UTC, as in 20150830T123600Z: no UTC, no +0000, no milliseconds"});
  } else if (DateOfSigv4Timestamp(claim.timestamp) != claim.date) {
    remarks.push_back(
        {"date-not-of-scope",
         "the date in Credential is " + claim.date + ", but X-Amz-Date says " + claim.timestamp,
         "take both from one reading of the clock, in UTC; a signing key that is kept "
         "is good for one day only"});
  }
}

void CheckSignedHeaderNames(const SignedRequest& signed_request, Remarks& remarks) {
  const std::vector<std::string>& names = signed_request.claim.signed_headers;
  std::vector<std::string> lower;
  lower.reserve(names.size());
  for (const std::string& name : names) lower.push_back(ToLowerAscii(name));
  if (lower != names) {
    remarks.push_back({"signed-headers-case", "SignedHeaders is not in lower case",
                       "write the names in lower case there"});
  }
  if (!std::ranges::is_sorted(lower)) {
    remarks.push_back({"signed-headers-order", "SignedHeaders is not sorted",
                       "sort the names, byte by byte, after all of them are in the list"});
  }
  std::ranges::sort(lower);
  const auto repeated = std::ranges::adjacent_find(lower);
  if (repeated != lower.end()) {
    remarks.push_back({"signed-headers-repeated",
                       "SignedHeaders names " + Visible(*repeated) + " twice",
                       "name each header once; its values are joined in one line"});
  }
  for (const std::string& name : names) {
    if (!HeaderValues(signed_request.request, name).empty()) continue;
    remarks.push_back({"signed-header-not-sent",
                       "SignedHeaders names " + Visible(name) + ", which is not in the request",
                       "send it, or don't sign it: HTTP libraries drop some headers, and proxies "
                       "take some away"});
  }
}

void CheckWhatIsSigned(const SignedRequest& signed_request, Remarks& remarks) {
  const std::size_t hosts = HeaderValues(signed_request.request, "host").size();
  if (hosts != 1) {
    remarks.push_back({"host-count",
                       hosts == 0 ? "the request has no header Host" : "the request has two Hosts",
                       "send exactly one (HTTP/2: :authority)"});
  }
  if (!IsSigned(signed_request, "host")) {
    remarks.push_back({"host-not-signed", "SignedHeaders leaves host out", "sign host always"});
  }
  std::vector<std::string> told;
  for (const HttpHeader& header : signed_request.request.headers) {
    const std::string name = ToLowerAscii(header.name);
    if (!name.starts_with("x-amz-") || IsSigned(signed_request, name)) continue;
    if (name == "x-amz-security-token" && !signed_request.session_token_is_signed) continue;
    if (std::ranges::find(told, name) != told.end()) continue;
    told.push_back(name);
    remarks.push_back({"amz-header-not-signed",
                       "SignedHeaders leaves " + Visible(name) + " out, which is sent",
                       "sign every header whose name begins with x-amz-"});
  }
}

void CheckPayload(const SignedRequest& signed_request, std::string_view body_hash,
                  Remarks& remarks) {
  const std::string stated = StatedPayloadHash(signed_request);
  const std::string name = "X-Amz-Content-Sha256";
  if (stated.empty()) {
    if (HasS3Rules(signed_request.claim.service)) {
      remarks.push_back({"content-sha256-missing", "the header " + name + " is missing",
                         "S3 wants the payload hash there, or UNSIGNED-PAYLOAD"});
    }
  } else if (IsHexDigest(stated)) {
    if (stated == body_hash) return;
    remarks.push_back(
        {"content-sha256-not-of-body",
         name + " is not the SHA-256 of the body here, which is " + std::string(body_hash),
         "the body was changed after it was hashed, or is not what was sent"});
  } else if (stated != "UNSIGNED-PAYLOAD" && !stated.starts_with("STREAMING-")) {
    remarks.push_back({"content-sha256-malformed",
                       name + " is neither a hash nor a word that S3 knows: " + Visible(stated),
                       "64 lower-case hex digits, UNSIGNED-PAYLOAD or STREAMING-..."});
  }
}

std::optional<std::int64_t> Number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void CheckExpiry(const SignedRequest& signed_request, Remarks& remarks) {
  if (!IsPresigned(signed_request)) return;
  const std::optional<std::int64_t> seconds = Number(signed_request.claim.expires);
  if (seconds && *seconds >= 1 && *seconds <= kMaxExpiresS) return;
  const char* remedy = !seconds       ? "a whole number of seconds, at most a week"
                       : *seconds < 1 ? "at least one second, at most a week"
                                      : "seconds, not milliseconds, and at most a week";
  remarks.push_back(
      {"expires-out-of-range",
       "X-Amz-Expires is " + Visible(signed_request.claim.expires) + ", not 1 to 604800", remedy});
}

void CheckLength(const SignedRequest& signed_request, Remarks& remarks) {
  const auto lengths = HeaderValues(signed_request.request, "content-length");
  if (lengths.empty()) return;
  const Result<std::string> length =
      CanonicalHeaderValue({"Content-Length", std::string(lengths.front())});
  const std::string actual = std::to_string(signed_request.request.body.size());
  if (length && *length == actual) return;
  remarks.push_back({"content-length",
                     "Content-Length is " + Visible(length ? *length : "malformed") +
                         ", but the body here has " + actual + " bytes",
                     "this is not the request as it was sent: an editor may have added a line "
                     "break at its end"});
}

}  // namespace

std::vector<Remark> CheckSignedRequest(const SignedRequest& signed_request,
                                       std::string_view body_hash) {
  Remarks remarks;
  CheckTime(signed_request, remarks);
  CheckExpiry(signed_request, remarks);
  CheckSignedHeaderNames(signed_request, remarks);
  CheckWhatIsSigned(signed_request, remarks);
  CheckPayload(signed_request, body_hash, remarks);
  CheckLength(signed_request, remarks);
  return remarks;
}

}  // namespace sigvet
