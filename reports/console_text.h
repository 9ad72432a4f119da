#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sigvet {

/// The characters of `text`: each a UTF-8 sequence, or one byte that belongs to none. They point
/// into `text`.
std::vector<std::string_view> Characters(std::string_view text);

/// How many columns of a terminal `text` takes; it must hold no control characters (see Visible).
std::size_t Columns(std::string_view text);

/// `text` with blanks after it (or before it) until it takes `columns`.
std::string PadRight(std::string_view text, std::size_t columns);
std::string PadLeft(std::string_view text, std::size_t columns);

/// `text`, or its beginning and its end with `..` between them, in at most `columns` (at least 5).
std::string ShortenMiddle(std::string_view text, std::size_t columns);

/// `text` broken at blanks into lines of at most `width` columns, each ended by a newline. The
/// first begins with `first` and the others with as many blanks as it has columns. A word that is
/// too long for a line is broken anywhere.
std::string Wrap(std::string_view first, std::string_view text, std::size_t width);

/// "1 case", "2 cases": `one` with an s where there are more.
std::string Counted(std::size_t count, std::string_view one);

/// `text` as one word of a POSIX shell, in quotes where it needs them. Characters that a terminal
/// would not show appear as Visible() writes them, so the word is not exact for those.
std::string ShellQuote(std::string_view text);

enum class Color { kRed, kGreen, kYellow, kBold, kDim };

/// `text` in a colour where `on`.
std::string Paint(std::string_view text, Color color, bool on);

}  // namespace sigvet
