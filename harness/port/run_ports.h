#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/corpus/case.h"
#include "harness/port/conversation.h"
#include "harness/port/port_manifest.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// A port that can be started: its toolchain is there and it is built.
struct Port {
  PortManifest manifest;
  /// Where its build is; empty where it has none.
  std::string build_folder = {};
};

/// One port's part of a run.
struct PortTask {
  const Port* port = nullptr;
  std::span<const Case* const> cases = {};
  /// Gets each case's answer by its number in `cases`, at least once; the last one counts.
  std::function<void(std::size_t, Answer)> answer = {};
};

struct RunPortsOptions {
  /// Ports, or processes of exec ports, that run at the same time; at least 1.
  unsigned jobs = 1;
  /// Ends all processes once it becomes true; the cases without an answer then get kNotRun. May be
  /// set by a signal handler.
  const std::atomic<bool>* interrupted = nullptr;
  /// Called on the calling thread now and then, with the ids of the ports that run and the number
  /// of answers so far; may be empty.
  std::function<void(std::span<const std::string_view>, std::size_t)> progress = {};
};

/// Runs all tasks on the calling thread, `jobs` side by side, in their order, and returns what
/// became of each. No process is left when it returns. The answers do not depend on `jobs`.
std::vector<Conversation::Outcome> RunPorts(std::span<const PortTask> tasks,
                                            const RunPortsOptions& options);

}  // namespace sigvet
