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
#include "harness/port/event_loop.h"

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

/// A child process in a session and a process group of its own, with pipes for its three streams
/// and no other descriptor of this program. All callbacks come from EventLoop::Run, never from
/// within a method; after End() only on_exit, and none after that.
class Process {
 public:
  struct Callbacks {
    /// Bytes of its standard output; the view is valid during the call.
    std::function<void(std::string_view)> on_output = {};
    /// Nobody reads its standard input any more: what is sent can't be delivered. At most once, and
    /// not after CloseInput() has closed it. Like the next, it may be a sign that the process has
    /// just ended; then on_exit follows in a moment.
    std::function<void()> on_input_closed = {};
    /// It closed its standard output. At most once.
    std::function<void()> on_output_closed = {};
    /// It has ended, all that it wrote has been given to on_output, its process group was killed,
    /// and no orphan is left (AdoptOrphans). May destroy the Process.
    std::function<void(ExitStatus)> on_exit = {};
  };

  /// Starts it. An error where the program can't be started: there is no such program or folder, it
  /// is not executable; then there are no callbacks. Callbacks may be empty.
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
  /// Ends its process group: SIGTERM, kTermGrace, SIGKILL. on_exit follows; what it still writes to
  /// its standard output is dropped. May be repeated. False, and nothing of that, where it has
  /// ended by itself and only on_exit is still to come.
  bool End();

  /// The last kStderrTailBytes of its standard error so far.
  std::string StderrTail() const;
  pid_t pid() const;
  /// Whether it has ended, and on_exit is to come.
  bool has_exited() const;

 private:
  struct Impl;
  explicit Process(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Makes this process the one that orphans of its children are handed to, so that none of them can
/// outlive it unseen. Where the system can't do that, they are left alone. Called once by a program
/// that starts ports; the loop then ends such orphans when the child that they came from has ended.
void AdoptOrphans();

/// Kills the process groups of all processes that run, in all loops. A signal handler may call it.
void KillAllProcessGroups() noexcept;

}  // namespace sigvet
