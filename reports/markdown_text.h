#pragma once

#include <string>
#include <string_view>

// Text of any origin in Markdown as GitHub renders it: nothing in it acts.

namespace sigvet {

/// `text`, which must be printable, as it is: within a sentence, a heading or a cell of a table,
/// not at the beginning of a line. What would be markup is escaped; what would become a link, a
/// mention, a reference or an emoji on GitHub gets a character without width in it (U+200B).
std::string EscapeMarkdown(std::string_view text);

/// Printable text as code within a line, in which GitHub sees no mentions or links. Not for cells
/// of tables.
std::string MarkdownCode(std::string_view text);

/// Printable lines as a block of code; `language` may be empty. A blank line follows.
std::string MarkdownBlock(std::string_view lines, std::string_view language);

}  // namespace sigvet
