#include "reports/console_text.h"

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"

namespace sigvet {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

/// Characters that are drawn over the one before them (combining marks, variation selectors) and
/// those that take two columns (East Asian Width W and F, emoji), by the blocks of Unicode that
/// hold them.
constexpr Range kNoColumn[] = {{0x300, 0x36f},   {0x483, 0x489},    {0x591, 0x5bd},
                               {0x610, 0x61a},   {0x64b, 0x65f},    {0x1ab0, 0x1aff},
                               {0x1dc0, 0x1dff}, {0x20d0, 0x20ff},  {0xfe00, 0xfe0f},
                               {0xfe20, 0xfe2f}, {0xe0100, 0xe01ef}};
constexpr Range kTwoColumns[] = {{0x1100, 0x115f},   {0x2e80, 0xa4cf},   {0xa960, 0xa97f},
                                 {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
                                 {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f},
                                 {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd}};

template <std::size_t kCount>
bool Holds(const Range (&ranges)[kCount], char32_t code) {
  return std::ranges::any_of(
      ranges, [code](const Range& range) { return code >= range.first && code <= range.last; });
}

/// The code point of `character`, which is UTF-8.
char32_t CodePoint(std::string_view character) {
  const auto first = static_cast<std::uint8_t>(character[0]);
  if (character.size() == 1) return first;
  char32_t code = first & (0x7fU >> character.size());
  for (const char next : character.substr(1)) {
    code = code << 6 | (static_cast<std::uint8_t>(next) & 0x3fU);
  }
  return code;
}

std::size_t CharacterColumns(std::string_view character) {
  if (character.size() == 1) return 1;
  const char32_t code = CodePoint(character);
  return Holds(kNoColumn, code) ? 0 : Holds(kTwoColumns, code) ? 2 : 1;
}

/// The first character of `text`, which is not empty.
std::string_view FirstCharacter(std::string_view text) {
  const auto first = static_cast<std::uint8_t>(text[0]);
  const std::size_t size = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const std::string_view character = text.substr(0, size);
  return IsUtf8(character) ? character : text.substr(0, 1);
}

/// As many characters from the front of `text` as fit into `columns`, at least one.
std::string_view Fitting(std::string_view text, std::size_t columns) {
  std::size_t size = 0;
  std::size_t used = 0;
  while (size < text.size()) {
    const std::string_view next = FirstCharacter(text.substr(size));
    used += CharacterColumns(next);
    if (used > columns && size > 0) break;
    size += next.size();
  }
  return text.substr(0, size);
}

}  // namespace

std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> characters;
  characters.reserve(text.size());
  while (!text.empty()) {
    characters.push_back(FirstCharacter(text));
    text.remove_prefix(characters.back().size());
  }
  return characters;
}

std::size_t Columns(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const std::string_view character = FirstCharacter(text);
    columns += CharacterColumns(character);
    text.remove_prefix(character.size());
  }
  return columns;
}

std::string PadRight(std::string_view text, std::size_t columns) {
  const std::size_t used = Columns(text);
  return std::string(text).append(columns > used ? columns - used : 0, ' ');
}

std::string PadLeft(std::string_view text, std::size_t columns) {
  const std::size_t used = Columns(text);
  return std::string(columns > used ? columns - used : 0, ' ').append(text);
}

std::string ShortenMiddle(std::string_view text, std::size_t columns) {
  std::size_t used = Columns(text);
  if (used <= columns) return std::string(text);
  const std::size_t kept = std::max<std::size_t>(columns, 5) - 2;
  const std::string_view front = Fitting(text, kept / 2);
  std::string_view back = text;
  while (used > kept - kept / 2) {
    const std::string_view first = FirstCharacter(back);
    used -= CharacterColumns(first);
    back.remove_prefix(first.size());
  }
  return std::string(front).append("..").append(back);
}

std::string Wrap(std::string_view first, std::string_view text, std::size_t width) {
  const std::size_t indent = Columns(first);
  const std::size_t columns = width > indent + 8 ? width - indent : 8;
  std::string lines;
  std::string_view start = first;
  const std::string blanks(indent, ' ');
  do {
    std::string_view line = Fitting(text, columns);
    if (line.size() < text.size() && text[line.size()] != ' ') {
      const std::size_t blank = line.rfind(' ');
      if (blank != std::string_view::npos && blank > 0) line = line.substr(0, blank);
    }
    text.remove_prefix(line.size());
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    line = line.substr(0, line.find_last_not_of(' ') + 1);
    lines.append(start).append(line).append("\n");
    start = blanks;
  } while (!text.empty());
  return lines;
}

std::string Counted(std::size_t count, std::string_view one) {
  return std::to_string(count).append(" ").append(one).append(count == 1 ? "" : "s");
}

std::string ShellQuote(std::string_view text) {
  constexpr std::string_view kNeedNoQuotes =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@+,";
  if (!text.empty() && text.find_first_not_of(kNeedNoQuotes) == std::string_view::npos) {
    return std::string(text);
  }
  std::string quoted = "'";
  for (const std::string_view character : Characters(text)) {
    if (character == "'") {
      quoted += "'\\''";
    } else if (character == " " || character == "\\") {
      quoted += character;
    } else {
      quoted += Visible(character);
    }
  }
  return quoted += "'";
}

std::string Paint(std::string_view text, Color color, bool on) {
  if (!on || text.empty()) return std::string(text);
  std::string_view code = "1";
  if (color == Color::kRed) code = "31";
  if (color == Color::kGreen) code = "32";
  if (color == Color::kYellow) code = "33";
  if (color == Color::kDim) code = "2";
  return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
}

}  // namespace sigvet
