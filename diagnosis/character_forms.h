#pragma once

#include <string>
#include <string_view>

// What becomes of bytes that are taken for text.

namespace sigvet {

/// Each byte taken for the character of that number (Latin-1), in UTF-8.
std::string Latin1AsUtf8(std::string_view bytes);

/// `bytes` decoded as UTF-8, each maximal ill-formed part replaced by U+FFFD as WHATWG and Unicode
/// 15 section 3.9 (Table 3-8) have it, in UTF-8 again.
std::string LossyUtf8(std::string_view bytes);

/// The same, and of each UTF-16 code unit the low eight bits: `charCodeAt() & 0xff`.
std::string LossyLowBytes(std::string_view bytes);

/// Without NULs, and without line feeds at the end.
std::string ShellText(std::string_view bytes);

/// Each character of UTF-8 text, or each byte where it is none, as two bytes, the low one first.
std::string Utf16LittleEndian(std::string_view text);

/// As Python 3 writes a bytes object: b'...', with escapes.
std::string PythonBytes(std::string_view bytes);

}  // namespace sigvet
