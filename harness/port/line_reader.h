#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace sigvet {

/// The longest line that a port may write, in bytes: twice what the largest answer can need.
inline constexpr std::size_t kMaxLineBytes = std::size_t{8} << 20;

/// Splits a stream of bytes into lines and holds at most one line.
class LineReader {
 public:
  /// Takes the next bytes and gives every line that they complete to `on_line`, without its line
  /// break ("\n" or "\r\n"). False once a line is longer than kMaxLineBytes: then everything that
  /// follows is dropped. `on_line` may return false to have the rest of `bytes` dropped.
  bool Feed(std::string_view bytes, const std::function<bool(std::string_view)>& on_line);

  /// Whether a line ended with "\r\n".
  bool saw_crlf() const { return saw_crlf_; }

  /// What was written after the last line break; of a line that is too long only its beginning.
  std::string_view unfinished() const { return line_; }

 private:
  std::string line_;
  bool overflowed_ = false;
  bool saw_crlf_ = false;
};

}  // namespace sigvet
