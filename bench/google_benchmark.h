#pragma once

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "bench/bench_report.h"

namespace sigvet {

/// One run of one loop by Google Benchmark.
struct GoogleRun {
  std::string name;
  const std::function<void(benchmark::State&)>* loop = nullptr;
  bool on_clock = false;
  /// 0 where Google Benchmark is to find out how many it takes.
  std::uint64_t iterations = 0;
};

/// Runs `runs` in their order and gives each one's sample to `use`, with its number. Where
/// `iterations` is 0 a sample takes about `sample_seconds`. Prints nothing. What a loop throws
/// ends that run and becomes the error. Once `interrupted` is true, where it is not null, no run
/// begins, and that is the error. Not thread-safe: Google Benchmark keeps its list in the process.
std::optional<Error> RunByGoogleBenchmark(
    std::span<const GoogleRun> runs, double sample_seconds, const std::atomic<bool>* interrupted,
    const std::function<void(std::size_t, const BenchSample&)>& use);

}  // namespace sigvet
