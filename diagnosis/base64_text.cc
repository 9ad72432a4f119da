#include "diagnosis/base64_text.h"

#include <cstddef>
#include <cstdint>

namespace sigvet {
namespace {

/// 64 where base64 has no such character.
std::uint32_t SextetOf(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0') + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : 64;
}

}  // namespace

bool IsBase64Character(char c) { return c == '=' || SextetOf(c) < 64; }

std::optional<std::string> DecodeAnyBase64(std::string_view text) {
  constexpr std::size_t kMostPadding = 2;
  const std::size_t end = text.find_last_not_of('=') + 1;
  const std::size_t padding = text.size() - end;
  if (padding > kMostPadding || (padding > 0 && text.size() % 4 != 0)) return std::nullopt;
  text = text.substr(0, end);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  std::uint32_t bits = 0;
  std::size_t bit_count = 0;
  for (const char c : text) {
    const std::uint32_t sextet = SextetOf(c);
    if (sextet == 64) return std::nullopt;
    bits = bits << 6 | sextet;
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    bytes += static_cast<char>(bits >> bit_count & 0xFF);
  }
  return bytes;
}

}  // namespace sigvet
