#include "diagnosis/service_errors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"

namespace sigvet {
namespace {

constexpr std::size_t kMostShown = 300;

/// The first row that fits counts. Services tell some errors by the message alone.
struct Row {
  std::string_view id;
  /// What the code begins with (services of the JSON protocol add `Exception`); empty for any.
  std::string_view code;
  /// What the message holds; empty for any.
  std::string_view message;
  std::string_view sentence;
  std::string_view remedy;
};

constexpr const char* kClock =
    "set the clock, and take the time of signing in UTC, not in local time";

constexpr Row kRows[] = {
    {"expired", "", "Signature expired", "the request is too old, or its time is not in UTC",
     kClock},
    {"too-early", "", "Signature not yet current", "the request's time lies in the future", kClock},
    {"clock", "RequestTimeTooSkewed", "",
     "the request's time is more than 15 minutes from the service's", kClock},
    {"expired", "RequestExpired", "", "the request is too old, or its time is not in UTC", kClock},
    {"url-expired", "AccessDenied", "Request has expired", "the presigned URL is past its time",
     "presign again; X-Amz-Expires counts from X-Amz-Date, and temporary credentials end sooner"},
    {"headers-not-signed", "AccessDenied", "not signed",
     "headers were sent that are not among the signed headers",
     "sign every header whose name begins with x-amz-"},
    {"wrong-region", "", "valid region", "the request was signed for another region",
     "the region of Credential has to be the endpoint's"},
    {"wrong-service", "", "correct service", "the request was signed for another service",
     "the service of Credential is the signing name, not always the one in the host: ses, not "
     "email"},
    {"wrong-region", "AuthorizationHeaderMalformed", "expecting",
     "the request was signed for another region or service than the bucket's",
     "the message says which one is expected"},
    {"malformed", "AuthorizationHeaderMalformed", "", "the header Authorization is malformed",
     "the message says where"},
    {"malformed", "AuthorizationQueryParametersError", "",
     "a parameter of the presigned URL is malformed", "the message says which"},
    {"malformed", "IncompleteSignature", "", "a part of the signature is missing or malformed",
     "the message says which"},
    {"not-signed", "MissingAuthenticationToken", "",
     "the request reached the service unsigned, or its path is none that the service has",
     "look for a redirect or a proxy that drops Authorization, and at the path"},
    {"unknown-key", "InvalidAccessKeyId", "", "the service does not know the access key id",
     "look at the id, at AWS_SESSION_TOKEN (temporary ids begin with ASIA and need theirs), and at "
     "whether the key was deleted"},
    {"unknown-key", "InvalidClientTokenId", "",
     "the service does not know the access key id or the session token",
     "look at the id, at AWS_SESSION_TOKEN, and at whether the region is enabled for the account"},
    {"unknown-key", "UnrecognizedClient", "",
     "the service does not know the access key id or the session token",
     "look at the id, at AWS_SESSION_TOKEN, and at whether the region is enabled for the account"},
    {"token-expired", "ExpiredToken", "", "the temporary credentials are past their time",
     "get new ones"},
    {"token-invalid", "InvalidToken", "", "the session token does not belong to the access key id",
     "take id, secret and token from one set of credentials"},
    {"payload-hash", "XAmzContentSHA256Mismatch", "",
     "the body that reached S3 is not the one whose hash was signed",
     "hash the bytes that are sent, after compression and encoding"},
    // API Gateway tells its errors by the message.
    {"unknown-key", "", "security token included in the request is invalid",
     "the service does not know the access key id or the session token",
     "look at the id, at AWS_SESSION_TOKEN, and at whether the region is enabled for the account"},
    {"token-expired", "", "security token included in the request is expired",
     "the temporary credentials are past their time", "get new ones"},
    {"not-signed", "", "Missing Authentication Token",
     "the request reached the service unsigned, or its path is none that the service has",
     "look for a redirect or a proxy that drops Authorization, and at the path"},
    {"key-not-ready", "OptInRequired", "", "the account may not use the service",
     "subscribe to it"},
};

constexpr std::array<std::string_view, 4> kMismatchCodes = {
    "SignatureDoesNotMatch", "InvalidSignatureException", "InvalidSignature", "AuthFailure"};

/// What these codes begin with is about a resource, a right or the service's load.
constexpr std::array<std::string_view, 24> kOtherCodes = {"AccessDenied",
                                                          "AccessForbidden",
                                                          "AllAccessDisabled",
                                                          "BadDigest",
                                                          "Bucket",
                                                          "Conditional",
                                                          "EntityTooLarge",
                                                          "InternalError",
                                                          "InternalFailure",
                                                          "InternalServer",
                                                          "InvalidBucketName",
                                                          "InvalidObjectState",
                                                          "MethodNotAllowed",
                                                          "NoSuch",
                                                          "NotFound",
                                                          "PermanentRedirect",
                                                          "PreconditionFailed",
                                                          "RequestLimit",
                                                          "ResourceNotFound",
                                                          "ServiceUnavailable",
                                                          "SlowDown",
                                                          "TemporaryRedirect",
                                                          "Throttl",
                                                          "Validation"};

std::string Quoted(std::string_view text) {
  return "\"" + Visible(text.substr(0, kMostShown)) + (text.size() > kMostShown ? "...\"" : "\"");
}

}  // namespace

bool SaysSignatureDoesNotMatch(const ServerReply& reply) {
  if (!reply.canonical_request.empty() || !reply.string_to_sign.empty()) return true;
  return reply.message.find("signature we calculated does not match") != std::string::npos ||
         std::ranges::find(kMismatchCodes, reply.code) != kMismatchCodes.end();
}

bool IsNotAboutSignature(const ServerReply& reply) {
  const std::optional<Remark> remark = ExplainReply(reply);
  return remark && remark->id == "other";
}

std::optional<Remark> ExplainReply(const ServerReply& reply) {
  const auto row = std::ranges::find_if(kRows, [&](const Row& candidate) {
    return reply.code.starts_with(candidate.code) &&
           reply.message.find(candidate.message) != std::string::npos;
  });
  const std::string said = reply.message.empty() ? "" : "it says " + Quoted(reply.message);
  if (row != std::end(kRows)) {
    return Remark{std::string(row->id), std::string(row->sentence),
                  std::string(row->remedy) + (said.empty() ? "" : "; " + said)};
  }
  if (SaysSignatureDoesNotMatch(reply)) return std::nullopt;
  const bool is_other = std::ranges::any_of(
      kOtherCodes, [&](std::string_view begin) { return reply.code.starts_with(begin); });
  std::string words = reply.code.empty() ? "the service says " : Visible(reply.code);
  if (!reply.message.empty()) words += (reply.code.empty() ? "" : ": ") + Quoted(reply.message);
  return Remark{is_other ? "other" : "unknown", std::move(words), ""};
}

}  // namespace sigvet
