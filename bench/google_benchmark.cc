#include "bench/google_benchmark.h"

#include <algorithm>
#include <array>
#include <exception>
#include <vector>

#include "base/check.h"

namespace sigvet {
namespace {

using Use = std::function<void(std::size_t, const BenchSample&)>;

/// Takes what Google Benchmark reports, in the order of the runs, instead of printing it.
class Collector final : public benchmark::BenchmarkReporter {
 public:
  Collector(const Use& use, const std::string& failure) : use_(use), failure_(failure) {}

  std::size_t count() const { return count_; }

  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      const std::size_t index = count_++;
      if (!failure_.empty()) continue;  // this one or one before it: no time of it counts
      const auto iterations = static_cast<double>(run.iterations);
      use_(index, {.cpu_ns = run.cpu_accumulated_time * 1e9 / iterations,
                   .real_ns = run.real_accumulated_time * 1e9 / iterations,
                   .iterations = static_cast<std::uint64_t>(run.iterations)});
    }
  }

 private:
  const Use& use_;
  const std::string& failure_;
  std::size_t count_ = 0;
};

/// Google Benchmark takes its options from the environment too; what would change what runs, and
/// how, is set here.
void SetOptions() {
  auto arguments = std::to_array<std::string>(
      {"sigvet", "--benchmark_filter=.", "--benchmark_list_tests=false",
       "--benchmark_enable_random_interleaving=false", "--benchmark_out="});
  std::array<char*, arguments.size() + 1> argv = {};
  std::ranges::transform(arguments, argv.begin(), [](std::string& text) { return text.data(); });
  int argc = static_cast<int>(arguments.size());
  benchmark::Initialize(&argc, argv.data());
}

}  // namespace

std::optional<Error> RunByGoogleBenchmark(std::span<const GoogleRun> runs, double sample_seconds,
                                          const std::atomic<bool>* interrupted, const Use& use) {
  if (runs.empty()) return std::nullopt;
  SetOptions();
  benchmark::ClearRegisteredBenchmarks();
  std::string failure;
  for (const GoogleRun& run : runs) {
    const auto guarded = [&run, &failure, interrupted](benchmark::State& state) {
      if (failure.empty() && interrupted != nullptr && *interrupted) failure = "interrupted";
      if (!failure.empty()) return state.SkipWithError("one before it failed");
      try {
        (*run.loop)(state);
      } catch (const std::exception& error) {
        failure = run.name + ": " + error.what();
        state.SkipWithError("failed");
      }
    };
    auto* const benchmark = benchmark::RegisterBenchmark(run.name.c_str(), guarded);
    benchmark->Repetitions(1);
    if (run.on_clock) benchmark->UseRealTime();
    if (run.iterations == 0) {
      benchmark->MinTime(sample_seconds);
    } else {
      benchmark->Iterations(static_cast<benchmark::IterationCount>(run.iterations));
    }
  }
  Collector collector(use, failure);
  benchmark::RunSpecifiedBenchmarks(&collector);
  benchmark::ClearRegisteredBenchmarks();
  if (!failure.empty()) return Error{failure};
  Check(collector.count() == runs.size(), "Google Benchmark left runs out, or added some");
  return std::nullopt;
}

}  // namespace sigvet
