#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace sigvet {

/// Two lower-case hex digits a byte.
std::string ToHex(ByteView bytes);

/// The same in upper case.
std::string ToUpperHex(ByteView bytes);

/// ToHex of a digest, without an allocation.
using HexDigest = std::array<char, 2 * kDigestBytes>;
HexDigest ToHexDigest(const Digest& digest);

/// Whether `text` is what ToHexDigest gives for some digest: 64 lower-case hex digits.
bool IsHexDigest(std::string_view text);

/// The inverse of ToHex. Digits may be of either case; an odd length or any other character gives
/// nullopt.
std::optional<Bytes> FromHex(std::string_view text);

}  // namespace sigvet
