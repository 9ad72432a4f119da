#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigvet {

/// What a process is started with.
struct ProcessSpec {
  /// The program, looked up in the PATH of `environment`, and its arguments. No shell.
  std::vector<std::string> arguments;
  /// Where it runs.
  std::string folder;
  /// All of its environment, as NAME=VALUE.
  std::vector<std::string> environment;
};

/// How a process ended.
struct ExitStatus {
  int code = 0;
  /// 0 where it exited by itself.
  int signal = 0;

  bool operator==(const ExitStatus&) const = default;
};

/// "exit code 3", "killed by SIGSEGV (Segmentation fault)".
std::string ToString(const ExitStatus& status);

/// How long a process that was asked to end (SIGTERM) has before it is killed.
inline constexpr std::chrono::milliseconds kTermGrace{1000};
/// How much of the end of a process's standard error is kept, in bytes.
inline constexpr std::size_t kStderrTailBytes = std::size_t{64} << 10;

/// Waits for what processes and timers do, on one thread.
class EventLoop {
 public:
  EventLoop();
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

/// A child process in a session and a process group of its own, with pipes for its three streams.
/// All callbacks come from EventLoop::Run, never from within a method, and none after OnExit.
class Process {
 public:
  struct Callbacks {
    /// Bytes of its standard output; the view is valid during the call.
    std::function<void(std::string_view)> on_output;
    /// What was sent can't be delivered: it closed its standard input. At most once.
    std::function<void()> on_input_closed;
    /// It closed its standard output and still runs.
    std::function<void()> on_output_closed;
    /// It has ended, all that it wrote has been given to on_output, and nothing of its process
    /// group is left.
    std::function<void(ExitStatus)> on_exit;
  };

  /// Starts it. An error where the program can't be started: there is no such file, it is not
  /// executable; then there are no callbacks.
  static Result<std::unique_ptr<Process>> Start(EventLoop& loop, const ProcessSpec& spec,
                                                Callbacks callbacks);
  /// Only after on_exit.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Sends `bytes` to its standard input in the background. Bytes that it does not read are held in
  /// memory; they are wiped once they are sent.
  void Send(std::string bytes);
  /// Closes its standard input once everything is sent.
  void CloseInput();
  /// Ends its process group: SIGTERM, kTermGrace, SIGKILL. on_exit follows. May be repeated.
  void End();

  /// The last kStderrTailBytes of its standard error so far.
  std::string StderrTail() const;
  pid_t pid() const;

 private:
  struct Impl;
  explicit Process(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Makes this process the one that orphans of its children are handed to, so that none of them can
/// outlive it unseen. Where the system can't do that, they are left alone. Called once by a program
/// that starts ports; the loop then ends such orphans when the child that they came from has ended.
void AdoptOrphans();

}  // namespace sigvet
