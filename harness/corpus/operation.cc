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

constexpr OperationSpec kOperations[] = {
    {"sha256", kMessage, kDigest},
    {"hmac-sha256", kKeyAndMessage, kMac},
    {"base64-encode", kBytesField, kTextField},
    {"base64-decode", kTextField, kBytesField},
    {"ses-smtp-password", kSesSmtpInputs, kSesSmtpStages, kSesSmtpVersions},
    {"sigv4-signing-key", kSigningKeyInputs, kSigningKeyStages},
};

}  // namespace

std::span<const OperationSpec> AllOperations() { return kOperations; }

const OperationSpec* FindOperation(std::string_view name) {
  const auto* found = std::ranges::find(kOperations, name, &OperationSpec::name);
  return found == std::end(kOperations) ? nullptr : found;
}

}  // namespace sigvet
