#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "harness/port/process.h"

namespace sigvet {

/// A command that is run to its end with an empty standard input.
struct Command {
  ProcessSpec process;
  std::chrono::milliseconds limit;
};

/// What became of a command.
struct CommandOutcome {
  enum class End : std::uint8_t { kExited, kNotStarted, kTimeout, kInterrupted };

  End end = End::kExited;
  /// Where it exited.
  ExitStatus status = {};
  /// Why it was not started.
  Error error = {};
  /// The first 4 KiB and the last 64 KiB of its standard output.
  std::string output_begin = {};
  std::string output_end = {};
  /// The end of its standard error.
  std::string stderr_tail = {};

  bool Succeeded() const { return end == End::kExited && status == ExitStatus{}; }
};

/// Runs all commands at the same time, and waits for them. Once `interrupted` (which may be null)
/// is true they are ended.
std::vector<CommandOutcome> RunCommands(std::span<const Command> commands,
                                        const std::atomic<bool>* interrupted);

}  // namespace sigvet
