#include "cli/progress.h"

#include <cstdio>
#include <utility>

#include "cli/terminal.h"

namespace sigvet {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kInterval = std::chrono::milliseconds(100);

}  // namespace

ProgressLine::ProgressLine(std::string what, std::size_t total)
    : what_(std::move(what)), total_(total), enabled_(DetectTerminal(stderr).interactive) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::Update(std::size_t done) {
  if (!enabled_ || Clock::now() < next_) return;
  next_ = Clock::now() + kInterval;
  shown_ = true;
  std::fprintf(stderr, "\r%zu of %zu %s (%zu %%)\x1b[K", done, total_, what_.c_str(),
               total_ == 0 ? 100 : done * 100 / total_);
  std::fflush(stderr);
}

}  // namespace sigvet
