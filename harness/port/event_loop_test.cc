#include "harness/port/event_loop.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace sigvet {
namespace {

using std::chrono::milliseconds;

TEST(Timer, CallsOnceAndCanBeSetAgain) {
  EventLoop loop;
  std::string calls;
  Timer once(loop, [&] { calls += "once "; });
  Timer stopped(loop, [&] { calls += "stopped "; });
  std::optional<Timer> again;
  int left = 3;
  again.emplace(loop, [&] {
    calls += "again ";
    if (--left > 0) {
      again->Set(milliseconds(1));
    } else {
      again.reset();
    }
  });
  stopped.Set(milliseconds(1));
  stopped.Stop();
  once.Set(milliseconds(60'000));
  once.Set(milliseconds(0));
  again->Set(milliseconds(1));
  loop.Run();
  EXPECT_EQ(calls, "once again again again ");
}

}  // namespace
}  // namespace sigvet
