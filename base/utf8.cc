#include "base/utf8.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace sigvet {
namespace {

struct Character {
  char32_t code = 0;
  /// 0 where the bytes are not UTF-8.
  std::size_t size_bytes = 0;
};

/// The character that begins at `text[0]`; `text` is not empty.
Character Decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xc2 || first > 0xf4) return {};
  const std::size_t size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (text.size() < size) return {};
  char32_t code = first & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3fU);
  }
  const char32_t smallest = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < smallest || code > 0x10ffff || surrogate) return {};
  return {code, size};
}

/// Characters that change how the text around them is laid out.
bool IsInvisible(char32_t code) {
  return (code >= 0x80 && code <= 0x9f) || code == 0xad || (code >= 0x200b && code <= 0x200f) ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x2069) ||
         code == 0xfeff || code == 0xfffe || code == 0xffff;
}

std::string Format(const char* format, unsigned value) {
  std::array<char, 16> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, value);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

/// `exact`: so that no two texts look the same.
std::string Show(std::string_view text, bool exact) {
  std::string shown;
  for (std::size_t i = 0; i < text.size();) {
    const Character character = Decode(text.substr(i));
    const bool at_an_end = i == 0 || i + 1 == text.size();
    if (character.size_bytes == 0) {
      shown += Format("\\x%02x", static_cast<std::uint8_t>(text[i]));
      ++i;
      continue;
    }
    switch (character.code) {
      case '\n':
        shown += "\\n";
        break;
      case '\r':
        shown += "\\r";
        break;
      case '\t':
        shown += "\\t";
        break;
      case '\\':
        shown += exact ? "\\\\" : "\\";
        break;
      case ' ':
        shown += exact && at_an_end ? "\\x20" : " ";
        break;
      default:
        if (character.code < 0x20 || character.code == 0x7f) {
          shown += Format("\\x%02x", character.code);
        } else if (IsInvisible(character.code)) {
          shown += Format("\\u{%x}", character.code);
        } else {
          shown += text.substr(i, character.size_bytes);
        }
    }
    i += character.size_bytes;
  }
  return shown;
}

}  // namespace

std::size_t FindInvalidUtf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const Character character = Decode(text.substr(i));
    if (character.size_bytes == 0) return i;
    i += character.size_bytes;
  }
  return std::string_view::npos;
}

std::string Visible(std::string_view text) { return Show(text, true); }

std::string Printable(std::string_view text) { return Show(text, false); }

}  // namespace sigvet
