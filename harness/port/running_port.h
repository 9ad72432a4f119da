#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "harness/port/event_loop.h"
#include "harness/port/run_ports.h"

namespace sigvet {

/// A port's part of a run, as the scheduler sees it: it takes slots, one for each process.
class RunningPort {
 public:
  RunningPort() = default;
  virtual ~RunningPort() = default;
  RunningPort(const RunningPort&) = delete;
  RunningPort& operator=(const RunningPort&) = delete;

  /// Takes one more slot and starts something in it. False where there is nothing more to start.
  virtual bool TakeSlot() = 0;
  virtual std::size_t slots() const = 0;
  /// Ends what runs, and says of every case without an answer that it was not run.
  virtual void Interrupt() = 0;
  virtual Conversation::Outcome outcome() const = 0;
};

/// `task` must outlive it. `on_slot_free` is called whenever there is a slot less taken; it may not
/// call back.
std::unique_ptr<RunningPort> MakeJsonlPort(EventLoop& loop, const PortTask& task,
                                           std::function<void()> on_slot_free);
std::unique_ptr<RunningPort> MakeExecPort(EventLoop& loop, const PortTask& task,
                                          std::function<void()> on_slot_free);

}  // namespace sigvet
