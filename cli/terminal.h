#pragma once

#include <cstddef>
#include <cstdio>

namespace sigvet {

/// What can be shown on a stream.
struct Terminal {
  /// A terminal that can rewrite a line: not a dumb one.
  bool interactive = false;
  /// Interactive, and NO_COLOR is not set (no-color.org).
  bool color = false;
  /// Whether the locale's characters are UTF-8, as LC_ALL, LC_CTYPE or LANG say.
  bool utf8 = false;
  /// Characters in a line: the terminal's, else what COLUMNS says, else 80.
  std::size_t width = 80;
};

Terminal DetectTerminal(std::FILE* stream);

}  // namespace sigvet
