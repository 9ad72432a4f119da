#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace sigvet {

/// `c`, or the small letter where it is one of A to Z. Unlike std::tolower it knows no locale.
constexpr char ToLowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The same for each byte of `text`.
inline std::string ToLowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ToLowerAscii(c);
  return lower;
}

/// Whether `a` and `b` are equal where the case of A to Z does not count.
constexpr bool SameButForAsciiCase(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) { return ToLowerAscii(x) == ToLowerAscii(y); };
  return std::ranges::equal(a, b, same);
}

}  // namespace sigvet
