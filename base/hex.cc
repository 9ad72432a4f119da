#include "base/hex.h"

#include <algorithm>

namespace sigvet {
namespace {

/// The lower-case digit of a value below 16. Not from a table: so the compiler can write many at
/// once.
constexpr char Digit(unsigned value) {
  return static_cast<char>(value + '0' + (value > 9 ? 'a' - '0' - 10 : 0));
}

inline void WriteHex(ByteView bytes, char* to) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    to[2 * i] = Digit(bytes[i] >> 4U);
    to[2 * i + 1] = Digit(bytes[i] & 0x0FU);
  }
}

/// The value of a hex digit, or -1.
int DigitValue(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

std::string ToHex(ByteView bytes) {
  std::string text(bytes.size() * 2, '\0');
  WriteHex(bytes, text.data());
  return text;
}

std::string ToUpperHex(ByteView bytes) {
  std::string text = ToHex(bytes);
  for (char& digit : text) digit = digit > '9' ? static_cast<char>(digit - 'a' + 'A') : digit;
  return text;
}

HexDigest ToHexDigest(const Digest& digest) {
  HexDigest text;
  WriteHex(digest, text.data());
  return text;
}

bool IsHexDigest(std::string_view text) {
  return text.size() == HexDigest().size() && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::optional<Bytes> FromHex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes(text.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = DigitValue(text[2 * i]);
    const int low = DigitValue(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return bytes;
}

}  // namespace sigvet
