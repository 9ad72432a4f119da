#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "base/result.h"
#include "bench/bench_report.h"
#include "bench/contender.h"
#include "bench/workload.h"

namespace sigvet {

struct BenchOptions {
  std::vector<const Workload*> workloads = {};
  std::vector<const Contender*> contenders = {};
  /// So many that on a shared machine some samples of each series are taken while it is quiet:
  /// these are what Gate() compares. docs/gating-speed.md has how often 41 are enough.
  std::size_t repetitions = 41;
  /// How long one sample takes, about.
  double sample_seconds = 0.005;
  /// Looked at before each sample: once it is true, an error is all that comes out.
  const std::atomic<bool>* interrupted = nullptr;
};

/// How far a benchmark is: samples taken, and how many there will be.
using BenchProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Prepares every workload on every contender, checks the answers, and times them by Google
/// Benchmark in rounds: each round takes one sample of every series, those of a workload one after
/// the other, in an order that turns from round to round. A contender that this machine lacks is
/// left out with its reason; a wrong answer is an error, and then nothing is timed. Not
/// thread-safe: Google Benchmark keeps its list of benchmarks in the process.
Result<BenchReport> RunBench(const BenchOptions& options, const BenchProgress& progress);

}  // namespace sigvet
