#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sigvet {

/// Whether `c` is a blank or a control character of ASCII.
constexpr bool IsBlankOrControl(char c) {
  return static_cast<std::uint8_t>(c) <= 0x20 || c == 0x7F;
}

/// Whether one of eight bytes is a blank or a control character.
inline bool AnyBlankOrControl(const char* eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kTops = 0x8080808080808080;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, sizeof bytes);
  const std::uint64_t deleted = bytes ^ kOnes * 0x7F;
  // Subtracting sets the top bit of a byte that is smaller. The borrow may set that of the next one
  // too, but never where no byte is smaller.
  return ((((bytes - kOnes * 0x21) & ~bytes) | ((deleted - kOnes) & ~deleted)) & kTops) != 0;
}

/// Where the first blank or control character stands from `begin` on, or the size of `text`. Looks
/// at eight bytes at once, as most of what is signed has none.
inline std::size_t FindBlankOrControl(std::string_view text, std::size_t begin = 0) {
  constexpr std::size_t kStep = 8;
  for (; text.size() - begin >= kStep; begin += kStep) {
    if (AnyBlankOrControl(text.data() + begin)) break;
  }
  // The last eight bytes once more, rather than the last few one by one.
  if (text.size() - begin < kStep && text.size() >= kStep &&
      !AnyBlankOrControl(text.data() + text.size() - kStep)) {
    return text.size();
  }
  while (begin < text.size() && !IsBlankOrControl(text[begin])) ++begin;
  return begin;
}

}  // namespace sigvet
