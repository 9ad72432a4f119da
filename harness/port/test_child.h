#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "harness/port/process.h"

namespace sigvet {

/// A process of a test and what came of it.
class TestChild {
 public:
  TestChild(EventLoop& loop, const ProcessSpec& spec);

  /// Null once it has ended, or where it could not be started.
  std::unique_ptr<Process> process;
  /// Called after a part of its output has come, and after it has closed a stream.
  std::function<void()> on_output;
  std::function<void()> on_closed;
  /// Why it could not be started.
  std::string error;
  /// The first million bytes of it.
  std::string output;
  std::size_t output_bytes = 0;
  std::string stderr_tail;
  /// "input closed;", "output closed;" and "exit;" in the order in which they came.
  std::string events;
  std::optional<ExitStatus> status;

 private:
  /// A guard: no test waits for it unless something is wrong.
  Timer too_long_;
};

/// What runs `script` in a shell, in the root folder.
ProcessSpec ShellSpec(std::string script);

/// Runs a script to its end, its standard input closed.
std::unique_ptr<TestChild> RunShell(EventLoop& loop, std::string script);

/// Whether this program has any child.
bool HasChildren();
/// Whether there is such a process, and it is not dead.
bool IsRunning(const std::string& pid);

}  // namespace sigvet
