#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "backends/backend.h"
#include "base/bytes.h"

namespace sigvet {

/// How a MAC becomes the text that comes out, in pieces: for a password base64 of a version byte
/// and the MAC, for keys and signatures lower-case hex.
struct OutputForm {
  enum class MacText : std::uint8_t {
    kBytes,
    kLowerHex,
    kUpperHex,
    kBase64,
    /// Each byte taken for a character; the whole, with the version, is written in UTF-8.
    kUtf8,
    /// Decoded as UTF-8, and of each character the low eight bits.
    kLossyLowBytes,
    /// As Python writes bytes: b'\x04...'.
    kPythonBytes,
    /// Up to its first NUL, as C strings are.
    kCutAtNul,
    /// Without NULs, and without line feeds at its end, as shells do in $(...).
    kShellText,
  };

  enum class Encoding : std::uint8_t {
    kBase64,
    kUrlSafeBase64,
    kLowerHex,
    kUpperHex,
    kHexOfHex,
    kBase64OfHex,
    kBase64Twice,
    /// The bytes as they are.
    kNone,
    /// Base64 of groups of three signed characters: a byte above 0x7F sets all bits before it.
    kSignedGroupBase64,
    /// Base64 of two signed characters at a time: such a byte sets bits of the letter alone that it
    /// begins in.
    kSignedPairBase64,
  };

  /// Bytes before the MAC.
  std::string version = {};
  bool version_is_last = false;
  MacText mac_text = MacText::kBytes;
  Encoding encoding = Encoding::kLowerHex;
  bool without_padding = false;
  /// Around the encoded text.
  std::string_view before = {};
  std::string_view after = {};

  bool operator==(const OutputForm&) const = default;
};

/// The text. Throws BackendError.
std::string Render(Backend& backend, const OutputForm& form, ByteView mac);

}  // namespace sigvet
