#include "diagnosis/character_forms.h"

#include <algorithm>
#include <cstdint>

#include "base/hex.h"
#include "base/utf8.h"

namespace sigvet {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

void AppendUtf8(std::string& out, char32_t c) {
  const auto add = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | c >> 6);
    add(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    add(0xE0 | c >> 12);
    add(0x80 | (c >> 6 & 0x3F));
    add(0x80 | (c & 0x3F));
  } else {
    add(0xF0 | c >> 18);
    add(0x80 | (c >> 12 & 0x3F));
    add(0x80 | (c >> 6 & 0x3F));
    add(0x80 | (c & 0x3F));
  }
}

/// What a lead byte says: how many bytes follow, and between which the first of them lies (Unicode
/// 15, Table 3-7). `count` is 0 for what is no lead byte.
struct Sequence {
  std::size_t count = 0;
  std::uint8_t least = 0x80;
  std::uint8_t most = 0xBF;
};

Sequence SequenceOf(std::uint8_t lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {1};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {2};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {3};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

/// Takes the next character of `bytes`, or what is none as U+FFFD.
char32_t TakeCharacter(std::string_view& bytes) {
  const auto at = [&bytes](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  const std::uint8_t lead = at(0);
  if (lead < 0x80) {
    bytes.remove_prefix(1);
    return lead;
  }
  const Sequence sequence = SequenceOf(lead);
  char32_t c = lead & (0x3FU >> sequence.count);
  std::size_t taken = 1;
  for (; taken <= sequence.count && taken < bytes.size(); ++taken) {
    const std::uint8_t least = taken == 1 ? sequence.least : 0x80;
    const std::uint8_t most = taken == 1 ? sequence.most : 0xBF;
    if (at(taken) < least || at(taken) > most) break;
    c = c << 6 | (at(taken) & 0x3FU);
  }
  bytes.remove_prefix(taken);
  return sequence.count > 0 && taken == sequence.count + 1 ? c : kReplacement;
}

/// The UTF-16 code units of one character.
template <typename Take>
void ForEachUnit(char32_t c, Take take) {
  if (c < 0x10000) {
    take(static_cast<std::uint16_t>(c));
    return;
  }
  take(static_cast<std::uint16_t>(0xD800 + ((c - 0x10000) >> 10)));
  take(static_cast<std::uint16_t>(0xDC00 + ((c - 0x10000) & 0x3FF)));
}

}  // namespace

std::string Latin1AsUtf8(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) AppendUtf8(text, static_cast<std::uint8_t>(byte));
  return text;
}

std::string LossyUtf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) AppendUtf8(text, TakeCharacter(bytes));
  return text;
}

std::string LossyLowBytes(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    ForEachUnit(TakeCharacter(bytes),
                [&text](std::uint16_t unit) { text += static_cast<char>(unit & 0xFF); });
  }
  return text;
}

std::string ShellText(std::string_view bytes) {
  std::string text(bytes);
  std::erase(text, '\0');
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

std::string Utf16LittleEndian(std::string_view text) {
  std::string units;
  const auto add = [&units](std::uint16_t unit) {
    units += static_cast<char>(unit & 0xFF);
    units += static_cast<char>(unit >> 8);
  };
  if (!IsUtf8(text)) {
    for (const char byte : text) add(static_cast<std::uint8_t>(byte));
    return units;
  }
  while (!text.empty()) ForEachUnit(TakeCharacter(text), add);
  return units;
}

std::string PythonBytes(std::string_view bytes) {
  const bool has_apostrophe = bytes.find('\'') != std::string_view::npos;
  const char quote = has_apostrophe && bytes.find('"') == std::string_view::npos ? '"' : '\'';
  std::string text = {'b', quote};
  for (const char byte : bytes) {
    if (byte == '\n') {
      text += "\\n";
    } else if (byte == '\r') {
      text += "\\r";
    } else if (byte == '\t') {
      text += "\\t";
    } else if (byte == '\\' || byte == quote) {
      text.append("\\").append(1, byte);
    } else if (byte < ' ' || byte > '~') {
      const std::uint8_t code[] = {static_cast<std::uint8_t>(byte)};
      text += "\\x" + ToHex(code);
    } else {
      text += byte;
    }
  }
  return text + quote;
}

}  // namespace sigvet
