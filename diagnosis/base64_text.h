#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sigvet {

/// Whether base64 has the character, in either of its alphabets (RFC 4648 sections 4 and 5), or
/// `=`.
bool IsBase64Character(char c);

/// The bytes of base64 of either alphabet, with or without padding at its end, as people leave it;
/// bits that are left over may be set. Nullopt for anything else.
std::optional<std::string> DecodeAnyBase64(std::string_view text);

}  // namespace sigvet
