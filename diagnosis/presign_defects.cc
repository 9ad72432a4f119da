#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "diagnosis/defect.h"
#include "diagnosis/fixed_values.h"
#include "diagnosis/request_parts.h"
#include "signing/percent_encoding.h"
#include "signing/sigv4_timestamp.h"

// Of the presigned form alone.

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kQuery;
constexpr std::string_view kCredential = "X-Amz-Credential";
constexpr std::string_view kExpires = "X-Amz-Expires";
constexpr std::string_view kContentSha256 = "x-amz-content-sha256";

bool IsPresigned(const DefectInput& input) {
  return input.signed_request.claim.form == Sigv4Claim::Form::kQuery;
}

std::string Encode(std::string_view text) {
  return PercentEncode(text, BareCharacters::kUnreserved);
}

/// Puts `to` in the place of each `from` in the value of that parameter.
void ReplaceIn(Derivation& derivation, std::string_view name, std::string_view from,
               std::string_view to) {
  if (const auto value = ParameterValue(derivation.request, name)) {
    SetParameter(derivation.request, name, ReplaceAll(*value, from, to));
  }
}

void LeaveCredentialSlashesBare(const DefectInput&, Derivation& derivation) {
  ReplaceIn(derivation, kCredential, "%2F", "/");
}

void LeaveCredentialBare(const DefectInput&, Derivation& derivation) {
  if (const auto value = ParameterValue(derivation.request, kCredential)) {
    SetParameter(derivation.request, kCredential, PercentDecode(*value).value_or(*value));
  }
}

void LeaveAccessKeyIdBare(const DefectInput& input, Derivation& derivation) {
  const std::string& id = input.given.access_key_id;
  if (!id.empty()) ReplaceIn(derivation, kCredential, Encode(id), id);
}

void EndCredentialWithSlash(const DefectInput&, Derivation& derivation) {
  ReplaceIn(derivation, kCredential, "aws4_request", "aws4_request%2F");
}

void LeaveListBare(const DefectInput&, Derivation& derivation) {
  ReplaceIn(derivation, "X-Amz-SignedHeaders", "%3B", ";");
}

constexpr std::string_view kCapitalized = "X-Amz-Content-Sha256";

template <const std::string_view& kName>
void AddContentSha256(const DefectInput& input, Derivation& derivation) {
  if (!IsPresigned(input)) return;
  RemoveHeader(derivation.request, kContentSha256);
  AddParameter(derivation.request,
               std::string{kName} + "=" + Encode(derivation.request.payload_hash));
}

void AddEmptySignature(const DefectInput& input, Derivation& derivation) {
  if (IsPresigned(input)) AddParameter(derivation.request, "X-Amz-Signature=");
}

void AddSignature(const DefectInput& input, Derivation& derivation) {
  const std::string& signature = input.signed_request.claim.signature;
  if (IsPresigned(input) && !signature.empty()) {
    AddParameter(derivation.request, "X-Amz-Signature=" + signature);
  }
}

/// The seconds of X-Amz-Expires, which are few.
std::optional<std::int64_t> Expires(const Derivation& derivation) {
  constexpr std::size_t kMostDigits = 9;
  const auto value = ParameterValue(derivation.request, kExpires);
  if (!value || value->empty() || value->size() > kMostDigits) return std::nullopt;
  std::int64_t seconds = 0;
  const char* const end = value->data() + value->size();
  const auto read = std::from_chars(value->data(), end, seconds);
  return read.ec == std::errc() && read.ptr == end ? std::optional(seconds) : std::nullopt;
}

void SetExpires(Derivation& derivation, std::int64_t value) {
  SetParameter(derivation.request, kExpires, std::to_string(value));
}

void ExpiresInMilliseconds(const DefectInput&, Derivation& derivation) {
  if (const auto seconds = Expires(derivation)) SetExpires(derivation, *seconds * 1000);
}

void ExpiresInMinutes(const DefectInput&, Derivation& derivation) {
  if (const auto seconds = Expires(derivation)) SetExpires(derivation, *seconds / 60);
}

void ExpiresAsTime(const DefectInput& input, Derivation& derivation) {
  const auto seconds = Expires(derivation);
  const auto signed_at = ParseSigv4Timestamp(input.given.timestamp);
  if (seconds && signed_at)
    SetExpires(derivation, signed_at->time_since_epoch().count() + *seconds);
}

constexpr std::string_view kUsualExpiries[] = {"604800", "86400", "3600", "900", "43200",
                                               "1800",   "600",   "300",  "60"};

void OtherExpiry(const DefectInput& input, Derivation& derivation) {
  SetParameter(derivation.request, kExpires, input.scanned);
}

void HeadersInQuery(const DefectInput& input, Derivation& derivation) {
  if (!IsPresigned(input)) return;
  for (const HttpHeader& header : input.signed_request.request.headers) {
    const std::string name = ToLowerAscii(header.name);
    const HttpHeader* line = FindHeader(derivation.request, name);
    if (line == nullptr || !name.starts_with("x-amz-")) continue;
    const std::string pair = Encode(header.name) + "=" + Encode(line->value);
    RemoveHeader(derivation.request, name);
    AddParameter(derivation.request, pair);
  }
}

constexpr const char* kCredentialHint =
    "encode the value of X-Amz-Credential as every other: its slashes are %2F";
constexpr const char* kContentHint = "leave X-Amz-Content-Sha256 out of a presigned URL";
constexpr const char* kSignatureHint =
    "sign the query without X-Amz-Signature, then add it at the end";
constexpr const char* kExpiresHint =
    "X-Amz-Expires counts seconds from X-Amz-Date, 604800 (a week) at most";
constexpr const char* kHoistHint =
    "sign the headers of x-amz- as the headers that they are sent as, or send them in the query "
    "too";

constexpr Defect kDefects[] = {
    {"presign-content-sha256-in-query", kPart,
     "the payload hash was signed as a parameter too, X-Amz-Content-Sha256", kContentHint,
     AddContentSha256<kCapitalized>, "aws-sdk-php#954, #2772"},
    {"presign-content-sha256-in-query-lower-case", kPart,
     "the payload hash was signed as a parameter too, x-amz-content-sha256", kContentHint,
     AddContentSha256<kContentSha256>, "smithy-typescript's presign"},
    {"presign-expires-milliseconds", kPart, "X-Amz-Expires was signed in milliseconds",
     kExpiresHint, ExpiresInMilliseconds, "constructed"},
    {"presign-expires-minutes", kPart, "X-Amz-Expires was signed in minutes", kExpiresHint,
     ExpiresInMinutes, "constructed"},
    {"presign-expires-as-time", kPart,
     "X-Amz-Expires was signed as the time of the end, in seconds since 1970", kExpiresHint,
     ExpiresAsTime, "constructed"},
    {"presign-expires-other", kPart, "the request was signed with X-Amz-Expires={}",
     "take the value that is asked for, and refuse more than 604800", OtherExpiry,
     "MAX_PRESIGNED_TTL of smithy-typescript", Blame::kCode, FixedValues<kUsualExpiries>},
    {"presign-credential-slashes-bare", kPart,
     "the slashes in X-Amz-Credential were signed without encoding", kCredentialHint,
     LeaveCredentialSlashesBare, "constructed"},
    {"presign-credential-bare", kPart, "X-Amz-Credential was signed without encoding",
     kCredentialHint, LeaveCredentialBare,
     "minio#6011; minio-dotnet#221; noobaa-core#7931; curl before 8.21"},
    {"presign-access-key-id-bare", kPart,
     "the access key id in X-Amz-Credential was signed without encoding", kCredentialHint,
     LeaveAccessKeyIdBare, "minio#6011; minio-dotnet#221; noobaa-core#7931; curl before 8.21"},
    {"presign-credential-slash-at-end", kPart,
     "X-Amz-Credential was signed with a slash at its end", "end it with aws4_request",
     EndCredentialWithSlash, "aws-sdk-net#556"},
    {"presign-signed-headers-bare", kPart,
     "the semicolons in X-Amz-SignedHeaders were signed without encoding",
     "encode them as %3B, as in every other value", LeaveListBare, "constructed"},
    {"presign-signature-empty", kPart, "the query was signed with an empty X-Amz-Signature",
     kSignatureHint, AddEmptySignature, "constructed"},
    {"presign-signature-signed", kPart, "the query was signed with its own X-Amz-Signature",
     kSignatureHint, AddSignature, "constructed"},
    {"presign-headers-in-query", kPart,
     "the headers of x-amz- were signed as parameters of the query, not as headers", kHoistHint,
     HeadersInQuery, "aws-sdk-go's allowedQueryHoisting; smithy-typescript's moveHeadersToQuery"},
};

}  // namespace

std::span<const Defect> PresignDefects() { return kDefects; }

}  // namespace sigvet
