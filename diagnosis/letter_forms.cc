#include "diagnosis/letter_forms.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "base/utf8.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

struct Letter {
  std::uint16_t composed;
  char base;
  std::uint16_t mark;
};

/// Source: UnicodeData.txt of the Unicode Character Database, 15.0.
constexpr Letter kLetters[] = {
    {0x0C0, 'A', 0x300}, {0x0C1, 'A', 0x301}, {0x0C2, 'A', 0x302}, {0x0C3, 'A', 0x303},
    {0x0C4, 'A', 0x308}, {0x0C5, 'A', 0x30A}, {0x0C7, 'C', 0x327}, {0x0C8, 'E', 0x300},
    {0x0C9, 'E', 0x301}, {0x0CA, 'E', 0x302}, {0x0CB, 'E', 0x308}, {0x0CC, 'I', 0x300},
    {0x0CD, 'I', 0x301}, {0x0CE, 'I', 0x302}, {0x0CF, 'I', 0x308}, {0x0D1, 'N', 0x303},
    {0x0D2, 'O', 0x300}, {0x0D3, 'O', 0x301}, {0x0D4, 'O', 0x302}, {0x0D5, 'O', 0x303},
    {0x0D6, 'O', 0x308}, {0x0D9, 'U', 0x300}, {0x0DA, 'U', 0x301}, {0x0DB, 'U', 0x302},
    {0x0DC, 'U', 0x308}, {0x0DD, 'Y', 0x301}, {0x0E0, 'a', 0x300}, {0x0E1, 'a', 0x301},
    {0x0E2, 'a', 0x302}, {0x0E3, 'a', 0x303}, {0x0E4, 'a', 0x308}, {0x0E5, 'a', 0x30A},
    {0x0E7, 'c', 0x327}, {0x0E8, 'e', 0x300}, {0x0E9, 'e', 0x301}, {0x0EA, 'e', 0x302},
    {0x0EB, 'e', 0x308}, {0x0EC, 'i', 0x300}, {0x0ED, 'i', 0x301}, {0x0EE, 'i', 0x302},
    {0x0EF, 'i', 0x308}, {0x0F1, 'n', 0x303}, {0x0F2, 'o', 0x300}, {0x0F3, 'o', 0x301},
    {0x0F4, 'o', 0x302}, {0x0F5, 'o', 0x303}, {0x0F6, 'o', 0x308}, {0x0F9, 'u', 0x300},
    {0x0FA, 'u', 0x301}, {0x0FB, 'u', 0x302}, {0x0FC, 'u', 0x308}, {0x0FD, 'y', 0x301},
    {0x0FF, 'y', 0x308}, {0x100, 'A', 0x304}, {0x101, 'a', 0x304}, {0x102, 'A', 0x306},
    {0x103, 'a', 0x306}, {0x104, 'A', 0x328}, {0x105, 'a', 0x328}, {0x106, 'C', 0x301},
    {0x107, 'c', 0x301}, {0x108, 'C', 0x302}, {0x109, 'c', 0x302}, {0x10A, 'C', 0x307},
    {0x10B, 'c', 0x307}, {0x10C, 'C', 0x30C}, {0x10D, 'c', 0x30C}, {0x10E, 'D', 0x30C},
    {0x10F, 'd', 0x30C}, {0x112, 'E', 0x304}, {0x113, 'e', 0x304}, {0x114, 'E', 0x306},
    {0x115, 'e', 0x306}, {0x116, 'E', 0x307}, {0x117, 'e', 0x307}, {0x118, 'E', 0x328},
    {0x119, 'e', 0x328}, {0x11A, 'E', 0x30C}, {0x11B, 'e', 0x30C}, {0x11C, 'G', 0x302},
    {0x11D, 'g', 0x302}, {0x11E, 'G', 0x306}, {0x11F, 'g', 0x306}, {0x120, 'G', 0x307},
    {0x121, 'g', 0x307}, {0x122, 'G', 0x327}, {0x123, 'g', 0x327}, {0x124, 'H', 0x302},
    {0x125, 'h', 0x302}, {0x128, 'I', 0x303}, {0x129, 'i', 0x303}, {0x12A, 'I', 0x304},
    {0x12B, 'i', 0x304}, {0x12C, 'I', 0x306}, {0x12D, 'i', 0x306}, {0x12E, 'I', 0x328},
    {0x12F, 'i', 0x328}, {0x130, 'I', 0x307}, {0x134, 'J', 0x302}, {0x135, 'j', 0x302},
    {0x136, 'K', 0x327}, {0x137, 'k', 0x327}, {0x139, 'L', 0x301}, {0x13A, 'l', 0x301},
    {0x13B, 'L', 0x327}, {0x13C, 'l', 0x327}, {0x13D, 'L', 0x30C}, {0x13E, 'l', 0x30C},
    {0x143, 'N', 0x301}, {0x144, 'n', 0x301}, {0x145, 'N', 0x327}, {0x146, 'n', 0x327},
    {0x147, 'N', 0x30C}, {0x148, 'n', 0x30C}, {0x14C, 'O', 0x304}, {0x14D, 'o', 0x304},
    {0x14E, 'O', 0x306}, {0x14F, 'o', 0x306}, {0x150, 'O', 0x30B}, {0x151, 'o', 0x30B},
    {0x154, 'R', 0x301}, {0x155, 'r', 0x301}, {0x156, 'R', 0x327}, {0x157, 'r', 0x327},
    {0x158, 'R', 0x30C}, {0x159, 'r', 0x30C}, {0x15A, 'S', 0x301}, {0x15B, 's', 0x301},
    {0x15C, 'S', 0x302}, {0x15D, 's', 0x302}, {0x15E, 'S', 0x327}, {0x15F, 's', 0x327},
    {0x160, 'S', 0x30C}, {0x161, 's', 0x30C}, {0x162, 'T', 0x327}, {0x163, 't', 0x327},
    {0x164, 'T', 0x30C}, {0x165, 't', 0x30C}, {0x168, 'U', 0x303}, {0x169, 'u', 0x303},
    {0x16A, 'U', 0x304}, {0x16B, 'u', 0x304}, {0x16C, 'U', 0x306}, {0x16D, 'u', 0x306},
    {0x16E, 'U', 0x30A}, {0x16F, 'u', 0x30A}, {0x170, 'U', 0x30B}, {0x171, 'u', 0x30B},
    {0x172, 'U', 0x328}, {0x173, 'u', 0x328}, {0x174, 'W', 0x302}, {0x175, 'w', 0x302},
    {0x176, 'Y', 0x302}, {0x177, 'y', 0x302}, {0x178, 'Y', 0x308}, {0x179, 'Z', 0x301},
    {0x17A, 'z', 0x301}, {0x17B, 'Z', 0x307}, {0x17C, 'z', 0x307}, {0x17D, 'Z', 0x30C},
    {0x17E, 'z', 0x30C},
};

/// Takes the first character off `utf8`, which must be UTF-8 and not empty.
std::string_view TakeCharacter(std::string_view& utf8) {
  const auto is_more = [&](std::size_t at) {
    return at < utf8.size() && (static_cast<std::uint8_t>(utf8[at]) & 0xC0) == 0x80;
  };
  std::size_t bytes = 1;
  while (is_more(bytes)) ++bytes;
  const std::string_view character = utf8.substr(0, bytes);
  utf8.remove_prefix(bytes);
  return character;
}

/// The number of a character below U+0800; else 0xFFFF.
std::uint16_t CodePoint(std::string_view character) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(character[at]); };
  if (character.size() == 1) return byte(0);
  if (character.size() > 2) return 0xFFFF;
  return static_cast<std::uint16_t>((byte(0) & 0x1F) << 6 | (byte(1) & 0x3F));
}

/// Whether the byte at `at` is above 0x7F, as it is or percent-encoded; then how many characters
/// it is written with, else 0.
std::size_t HighByteAt(std::string_view text, std::size_t at) {
  if (static_cast<std::uint8_t>(text[at]) >= 0x80) return 1;
  constexpr std::string_view kHighDigits = "89ABCDEFabcdef";
  const bool is_high = text[at] == '%' && at + 2 < text.size() &&
                       kHighDigits.find(text[at + 1]) != kHighDigits.npos &&
                       FindBadPercentEscape(text.substr(at, 3)) == std::string_view::npos;
  return is_high ? 3 : 0;
}

}  // namespace

std::string AsLatin1(std::string_view utf8) {
  std::string latin1;
  while (!utf8.empty()) {
    const std::uint16_t number = CodePoint(TakeCharacter(utf8));
    latin1 += number <= 0xFF ? static_cast<char>(number) : '?';
  }
  return latin1;
}

std::string Decomposed(std::string_view utf8) {
  std::string decomposed;
  while (!utf8.empty()) {
    const std::string_view character = TakeCharacter(utf8);
    const std::uint16_t number = CodePoint(character);
    const auto letter = std::ranges::lower_bound(kLetters, number, {}, &Letter::composed);
    if (letter == std::end(kLetters) || letter->composed != number) {
      decomposed.append(character);
      continue;
    }
    decomposed += letter->base;
    decomposed += static_cast<char>(0xC0 | letter->mark >> 6);
    decomposed += static_cast<char>(0x80 | (letter->mark & 0x3F));
  }
  return decomposed;
}

std::string WithLetters(std::string_view text, std::string (*form)(std::string_view)) {
  std::string changed;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    const std::size_t width = HighByteAt(text, i);
    while (width != 0 && end < text.size() && HighByteAt(text, end) == width) end += width;
    if (end == i) {
      changed += text[i++];
      continue;
    }
    const std::string_view run = text.substr(i, end - i);
    const std::string bytes = PercentDecode(run).value_or("");
    if (!IsUtf8(bytes)) {
      changed.append(run);
    } else {
      const std::string written = form(bytes);
      changed.append(width == 1 ? written : PercentEncode(written, BareCharacters::kUnreserved));
    }
    i = end;
  }
  return changed;
}

}  // namespace sigvet
