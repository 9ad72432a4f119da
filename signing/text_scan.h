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

/// The eight bytes that begin at `from` as one number, in the machine's order.
inline std::uint64_t LoadEight(const char* from) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, from, sizeof eight);
  return eight;
}

inline void StoreEight(char* to, std::uint64_t eight) { std::memcpy(to, &eight, sizeof eight); }

/// `byte` in all eight bytes of a number.
constexpr std::uint64_t EightTimes(std::uint8_t byte) {
  return 0x0101010101010101U * std::uint64_t{byte};
}

/// Whether each of eight bytes is a character of ASCII that can be seen: no blank, no control
/// character, nothing above `~`.
constexpr bool AreVisibleAscii(std::uint64_t eight) {
  // Where all are, no subtraction borrows, no addition carries and no top bit is set. Else the
  // lowest byte below `!` sets its top bit in the first, which no byte before it borrows from; a
  // byte above `~` does so in the second, or in the first where it is 0xFF, which alone carries.
  return (((eight - EightTimes('!')) | (eight + EightTimes(1))) & EightTimes(0x80)) == 0;
}

/// The top bit of each of eight characters of ASCII is set where the character is one from `low` to
/// `high`; the other bits are of no use.
constexpr std::uint64_t TopsWhereBetween(std::uint64_t eight, char low, char high) {
  const auto up_to = [](int c) { return EightTimes(static_cast<std::uint8_t>(0x80 - c)); };
  return (eight + up_to(low)) & ~(eight + up_to(high + 1));
}

/// Where the first blank or control character stands from `begin` on, or the size of `text`. Looks
/// at eight bytes at once as long as they are visible ASCII, as most of what is signed is.
inline std::size_t FindBlankOrControl(std::string_view text, std::size_t begin = 0) {
  constexpr std::size_t kStep = 8;
  while (text.size() - begin >= kStep && AreVisibleAscii(LoadEight(text.data() + begin))) {
    begin += kStep;
  }
  // The last eight bytes once more, rather than the last few one by one.
  if (text.size() - begin < kStep && text.size() >= kStep &&
      AreVisibleAscii(LoadEight(text.data() + text.size() - kStep))) {
    return text.size();
  }
  while (begin < text.size() && !IsBlankOrControl(text[begin])) ++begin;
  return begin;
}

/// Copies `text` to `to` up to its first blank or control character, and returns how many bytes
/// that is. `to` must have room for all of `text`: what is behind the copy may be overwritten.
inline std::size_t CopyToBlankOrControl(char* to, std::string_view text) {
  constexpr std::size_t kStep = 8;
  std::size_t size = 0;
  for (; text.size() - size >= kStep; size += kStep) {
    const std::uint64_t eight = LoadEight(text.data() + size);
    if (!AreVisibleAscii(eight)) break;
    StoreEight(to + size, eight);
  }
  if (text.size() - size < kStep && text.size() >= kStep) {
    const std::size_t last = text.size() - kStep;
    const std::uint64_t eight = LoadEight(text.data() + last);
    if (AreVisibleAscii(eight)) {
      StoreEight(to + last, eight);
      return text.size();
    }
  }
  for (; size < text.size() && !IsBlankOrControl(text[size]); ++size) to[size] = text[size];
  return size;
}

}  // namespace sigvet
