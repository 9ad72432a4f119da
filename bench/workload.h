#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "backends/backend.h"
#include "base/result.h"

namespace sigvet {

/// A workload on one contender, ready to be timed.
struct PreparedWork {
  /// The body of a benchmark, with its loop over `state`. It owns what it works on, but for the
  /// backend. Throws BackendError.
  std::function<void(benchmark::State& state)> loop;
  /// How many items an iteration of the loop does.
  std::size_t items = 1;
  /// What the machine lacks for it; then there is no loop.
  std::string left_out_because = {};
};

/// Work that is timed, on any backend or on the harness itself.
struct Workload {
  /// Kebab-case, with a size behind a slash where there are several: "many-keys/256".
  std::string id;
  /// In one line: "SES v4 passwords of 256 secrets, one region".
  std::string title;
  /// What is counted, in the singular: "password", "byte".
  std::string_view item;
  /// Whether a backend does the work; else the harness does, and there is one contender, "harness".
  bool on_backend = true;
  /// Whether the time on the clock counts, as where another process works; else the thread's own.
  bool on_clock = false;
  /// Whether people do it; else it shows a part of something, or an effect, and no backend is
  /// chosen for it.
  bool is_use = true;
  /// Prepares the work and checks its answer, against a published value or another
  /// implementation's, before anything is timed. An error says which answer is wrong. `backend` is
  /// null for the harness, and must outlive the loop. Throws BackendError.
  std::function<Result<PreparedWork>(Backend* backend)> prepare;
};

/// Every workload, in the order in which they are listed: one file of bench/workloads/ each.
std::span<const Workload> AllWorkloads();

}  // namespace sigvet
