#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace sigvet {

/// Waits for what processes and timers do, on one thread. Callbacks may not throw.
class EventLoop {
 public:
  /// Also has SIGPIPE ignored from now on, in the whole program: a pipe that nobody reads is an
  /// error of the write.
  EventLoop();
  /// Every Process and Timer must be gone.
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Handles events until there is no process and no timer that runs.
  void Run();

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Calls back once after a while; may be set again and again.
class Timer {
 public:
  Timer(EventLoop& loop, std::function<void()> on_time);
  /// May be called from its own callback.
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  /// Calls back once, `delay` from now, in place of an earlier call that is still to come.
  void Set(std::chrono::milliseconds delay);
  void Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sigvet
