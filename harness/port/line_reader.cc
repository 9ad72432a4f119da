#include "harness/port/line_reader.h"

#include <algorithm>

namespace sigvet {
namespace {

/// How much of an endless line is kept, in bytes: enough to show what it is.
constexpr std::size_t kEndlessLineBegin = 4096;

std::string_view WithoutReturn(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

bool LineReader::Feed(std::string_view bytes,
                      const std::function<bool(std::string_view)>& on_line) {
  while (!overflowed_ && !bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    // Without a copy where all of the line is there.
    if (!line_.empty() || end == bytes.npos) line_ += part;
    const std::string_view line = WithoutReturn(line_.empty() ? part : std::string_view{line_});
    if (line.size() > kMaxLineBytes) {
      overflowed_ = true;
      line_ = std::string(line.substr(0, kEndlessLineBegin));
      break;
    }
    if (end == bytes.npos) break;
    bytes.remove_prefix(end + 1);
    saw_crlf_ = saw_crlf_ || (line_.empty() ? part : std::string_view{line_}).ends_with('\r');
    const bool goes_on = on_line(line);
    line_.clear();
    if (!goes_on) break;
  }
  return !overflowed_;
}

}  // namespace sigvet
