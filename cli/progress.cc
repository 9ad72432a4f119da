#include "cli/progress.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "cli/terminal.h"

namespace sigvet {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kInterval = std::chrono::milliseconds(100);

}  // namespace

ProgressLine::ProgressLine(std::string what, std::size_t total)
    : what_(std::move(what)), total_(total) {
  const Terminal terminal = DetectTerminal(stderr);
  enabled_ = terminal.interactive;
  width_ = std::max<std::size_t>(terminal.width, 1);
}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::Update(std::size_t done, std::string_view note) {
  if (!enabled_ || Clock::now() < next_) return;
  next_ = Clock::now() + kInterval;
  shown_ = true;
  std::string line = std::to_string(done) + " of " + std::to_string(total_) + " " + what_ + " (" +
                     std::to_string(total_ == 0 ? 100 : done * 100 / total_) + " %)";
  if (!note.empty()) line.append(": ").append(note);
  // A line that wraps could not be rewritten.
  line.resize(std::min(line.size(), width_ - 1));
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  std::fflush(stderr);
}

}  // namespace sigvet
