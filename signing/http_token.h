#pragma once

#include <algorithm>
#include <string_view>

namespace sigvet {

/// Whether `text` may be the name of a header or a method: a token of RFC 9110 section 5.6.2.
constexpr bool IsHttpToken(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

}  // namespace sigvet
