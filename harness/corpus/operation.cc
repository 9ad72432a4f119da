#include "harness/corpus/operation.h"

#include <algorithm>
#include <array>

namespace sigvet {
namespace {

using enum ValueType;

constexpr FieldSpec kMessage[] = {{"message", kBytes}};
constexpr FieldSpec kDigest[] = {{"digest", kHex}};
constexpr FieldSpec kKeyAndMessage[] = {{"key", kBytes}, {"message", kBytes}};
constexpr FieldSpec kMac[] = {{"mac", kHex}};
constexpr FieldSpec kBytesField[] = {{"bytes", kBytes}};
constexpr FieldSpec kTextField[] = {{"text", kText}};

constexpr FieldSpec kSesSmtpInputs[] = {
    {"version", kInteger}, {"secret", kBytes}, {"region", kText, 4}};
constexpr FieldSpec kSesSmtpStages[] = {{"date_key", kHex, 4},    {"region_key", kHex, 4},
                                        {"service_key", kHex, 4}, {"terminal_key", kHex, 4},
                                        {"message_key", kHex, 4}, {"mac", kHex, 2},
                                        {"password", kText}};
constexpr std::int64_t kSesSmtpVersions[] = {2, 4};

constexpr FieldSpec kSigningKeyInputs[] = {
    {"secret", kBytes}, {"date", kText}, {"region", kText}, {"service", kText}};
constexpr FieldSpec kSigningKeyStages[] = {
    {"date_key", kHex}, {"region_key", kHex}, {"service_key", kHex}, {"signing_key", kHex}};

constexpr FieldSpec Optional(std::string_view name, ValueType type) {
  return {.name = name, .type = type, .presence = Presence::kOptional};
}

constexpr FieldSpec Defaulted(std::string_view name, ValueType type, std::string_view text) {
  return {.name = name, .type = type, .presence = Presence::kDefaulted, .default_text = text};
}

/// The first choice is the default.
constexpr FieldSpec Choice(std::string_view name, std::span<const std::string_view> choices) {
  return {.name = name,
          .type = kChoice,
          .presence = Presence::kDefaulted,
          .default_text = choices.front(),
          .choices = choices};
}

constexpr std::string_view kUriEncodings[] = {"double", "single"};

constexpr FieldSpec kAccessKeyId = {"access_key_id", kText};
constexpr FieldSpec kSecret = {"secret", kBytes};
constexpr FieldSpec kSessionToken = Optional("session_token", kText);
constexpr FieldSpec kRegion = {"region", kText};
constexpr FieldSpec kService = {"service", kText};
constexpr FieldSpec kTimestamp = {"timestamp", kText};
constexpr FieldSpec kMethod = {"method", kText};
constexpr FieldSpec kPath = {"path", kText};
constexpr FieldSpec kQuery = Defaulted("query", kText, "");
constexpr FieldSpec kHeaderList = {"headers", kHeaders};
constexpr FieldSpec kBody = Defaulted("body", kBytes, "");
constexpr FieldSpec kPayloadHash = Optional("payload_hash", kText);
constexpr FieldSpec kUriEncode = Choice("uri_encode", kUriEncodings);
constexpr FieldSpec kNormalize = Defaulted("normalize", kBoolean, "true");
constexpr FieldSpec kContentSha256Header = Defaulted("content_sha256_header", kBoolean, "false");
constexpr FieldSpec kSignSessionToken = Defaulted("sign_session_token", kBoolean, "true");
constexpr FieldSpec kPriorSignature = {"prior_signature", kHex};

constexpr FieldSpec kSignInputs[] = {kAccessKeyId,     kSecret,    kSessionToken,
                                     kRegion,          kService,   kTimestamp,
                                     kMethod,          kPath,      kQuery,
                                     kHeaderList,      kBody,      kPayloadHash,
                                     kUriEncode,       kNormalize, kContentSha256Header,
                                     kSignSessionToken};
constexpr FieldSpec kSignStages[] = {{"canonical_request", kText},
                                     {"string_to_sign", kText},
                                     {"signature", kHex},
                                     {"added_headers", kText},
                                     {"authorization", kAuthorization}};

constexpr FieldSpec kPresignInputs[] = {kAccessKeyId,
                                        kSecret,
                                        kSessionToken,
                                        kRegion,
                                        kService,
                                        kTimestamp,
                                        {"expires_s", kInteger},
                                        kMethod,
                                        kPath,
                                        kQuery,
                                        kHeaderList,
                                        kBody,
                                        kPayloadHash,
                                        kUriEncode,
                                        kNormalize,
                                        kSignSessionToken};
constexpr FieldSpec kPresignStages[] = {
    {"canonical_request", kText}, {"string_to_sign", kText}, {"signature", kHex}, {"url", kUrl}};

constexpr FieldSpec kChunkedInputs[] = {kAccessKeyId,
                                        kSecret,
                                        kSessionToken,
                                        kRegion,
                                        kService,
                                        kTimestamp,
                                        kMethod,
                                        kPath,
                                        kQuery,
                                        kHeaderList,
                                        kBody,
                                        {"chunk_bytes", kInteger},
                                        Defaulted("trailers", kHeaders, ""),
                                        kUriEncode,
                                        kNormalize,
                                        kSignSessionToken};
constexpr FieldSpec kChunkedStages[] = {{"canonical_request", kText},
                                        {"string_to_sign", kText},
                                        {"seed_signature", kHex},
                                        {"authorization", kAuthorization},
                                        {"chunk_signatures", kText}};

constexpr FieldSpec kTrailerInputs[] = {kSecret,    kRegion,         kService,
                                        kTimestamp, kPriorSignature, {"trailers", kHeaders}};
constexpr FieldSpec kEventInputs[] = {kSecret,    kRegion,         kService,
                                      kTimestamp, kPriorSignature, {"payload", kBytes}};
constexpr FieldSpec kChainedStages[] = {{"string_to_sign", kText}, {"signature", kHex}};

constexpr FieldSpec kPostPolicyInputs[] = {kAccessKeyId, kSecret,    kRegion,
                                           kService,     kTimestamp, {"policy", kBytes}};
constexpr FieldSpec kPostPolicyStages[] = {
    {"credential", kText}, {"string_to_sign", kText}, {"signature", kHex}};

constexpr OperationSpec kOperations[] = {
    {"sha256", kMessage, kDigest},
    {"hmac-sha256", kKeyAndMessage, kMac},
    {"base64-encode", kBytesField, kTextField},
    {"base64-decode", kTextField, kBytesField},
    {"ses-smtp-password", kSesSmtpInputs, kSesSmtpStages, kSesSmtpVersions},
    {"sigv4-signing-key", kSigningKeyInputs, kSigningKeyStages},
    {"sigv4-sign", kSignInputs, kSignStages},
    {"sigv4-presign", kPresignInputs, kPresignStages},
    {"sigv4-chunked", kChunkedInputs, kChunkedStages},
    {"sigv4-trailer", kTrailerInputs, kChainedStages},
    {"sigv4-event", kEventInputs, kChainedStages},
    {"sigv4-post-policy", kPostPolicyInputs, kPostPolicyStages},
};

}  // namespace

std::span<const OperationSpec> AllOperations() { return kOperations; }

const OperationSpec* FindOperation(std::string_view name) {
  const auto* found = std::ranges::find(kOperations, name, &OperationSpec::name);
  return found == std::end(kOperations) ? nullptr : found;
}

const FieldSpec* SignatureStage(const OperationSpec& operation) {
  const auto found = std::ranges::find_if(operation.stages, [](const FieldSpec& stage) {
    return stage.name == "signature" || stage.name == "seed_signature";
  });
  return found == operation.stages.end() ? nullptr : &*found;
}

}  // namespace sigvet
