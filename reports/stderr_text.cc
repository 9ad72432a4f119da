#include "reports/stderr_text.h"

#include <algorithm>

#include "base/utf8.h"

namespace sigvet {
namespace {

constexpr std::string_view kTab = "    ";

std::string ShowLine(std::string_view line) {
  std::string text;
  for (const char c : line) {
    if (c == '\t') {
      text += kTab;
    } else {
      text += c;
    }
  }
  return Printable(text);
}

}  // namespace

std::vector<std::string> StderrLines(std::string_view tail, std::size_t most) {
  std::vector<std::string> lines;
  const std::size_t last = tail.find_last_not_of("\r\n");
  if (last == std::string_view::npos) return lines;
  tail = tail.substr(0, last + 1);
  while (lines.size() < most) {
    const std::size_t newline = tail.rfind('\n');
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    std::string_view line = tail.substr(begin);
    line = line.substr(0, line.find_last_not_of('\r') + 1);
    lines.push_back(ShowLine(line));
    if (begin == 0) break;
    tail = tail.substr(0, newline);
  }
  std::ranges::reverse(lines);
  return lines;
}

}  // namespace sigvet
