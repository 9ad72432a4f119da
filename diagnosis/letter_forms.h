#pragma once

#include <string>
#include <string_view>

// Other ways to write the characters of a URL that are not ASCII.

namespace sigvet {

/// `utf8` in Latin-1, where a character that has no place in it becomes a question mark, as Java
/// and .NET have it.
std::string AsLatin1(std::string_view utf8);

/// Canonically decomposed (NFD): an accented letter becomes the letter and the accent. Knows the
/// letters up to U+017F; others stay.
std::string Decomposed(std::string_view utf8);

/// `text` of a URL with `form` of each run of bytes above 0x7F, which may be percent-encoded there
/// and then stay so. What is no UTF-8 stays.
std::string WithLetters(std::string_view text, std::string (*form)(std::string_view));

}  // namespace sigvet
