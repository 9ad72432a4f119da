#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "harness/run/known_failures.h"
#include "harness/run/plan.h"
#include "harness/run/run_report.h"

namespace sigvet {

struct RunOptions {
  /// Threads that evaluate cases; at least 1. The report does not depend on it.
  unsigned jobs = 1;
  std::span<const KnownFailure> known_failures = {};
  /// Every subject that exists, planned or not: what a known failure may name.
  std::span<const std::string> subject_ids = {};
  /// Ends the run early when it becomes true, between two cases; may be set by a signal handler.
  const std::atomic<bool>* interrupted = nullptr;
  /// Called on the calling thread now and then with the number of cases done; may be empty.
  std::function<void(std::size_t cases_done)> progress = {};
};

/// Runs the plan and judges every answer. Where a subject can't be made, what its maker throws is
/// thrown. All of the report is filled in but what its caller alone knows:
/// `context.sigvet_version`, `context.system` and the paths in `context`.
RunReport RunPlan(const Plan& plan, const RunOptions& options);

}  // namespace sigvet
