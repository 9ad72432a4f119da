#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace sigvet {

/// Backend::Base64Encode and Backend::Base64Decode, by tables.
void EncodeBase64(ByteView bytes, std::span<char> text);
std::string EncodeBase64(ByteView bytes);
std::optional<Bytes> DecodeBase64(std::string_view text);

}  // namespace sigvet
