#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sigvet {

/// Where the first byte sequence begins that is not UTF-8 (RFC 3629: shortest form, no surrogates,
/// at most U+10FFFF), or npos.
std::size_t FindInvalidUtf8(std::string_view text);

/// Whether all of `text` is UTF-8.
inline bool IsUtf8(std::string_view text) {
  return FindInvalidUtf8(text) == std::string_view::npos;
}

/// `text` with nothing in it that a terminal, a log or XML would not show as it is: control
/// characters (also U+0080 to U+009F), backslashes, bytes that are not UTF-8, format characters
/// that change the direction of text, and blanks at either end become `\n`, `\r`, `\t`, `\\`,
/// `\xNN` or `\u{NNNN}`.
std::string Visible(std::string_view text);

/// As Visible, but backslashes and blanks stay as they are: for whole messages, parts of which are
/// Visible already. A second time changes nothing.
std::string Printable(std::string_view text);

}  // namespace sigvet
