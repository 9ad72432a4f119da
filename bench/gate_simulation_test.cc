// Gates of runs that are made up: noise as shared machines have it, from fixed seeds.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bench/gate.h"
#include "bench/run_bench.h"
#include "bench/test_runs.h"

namespace sigvet {
namespace {

/// What gates of four workloads on two such machines say.
struct Counts {
  int regressions = 0;
  int not_compared = 0;
};

Counts CountGates(int gates, double slowdown, std::size_t repetitions, std::uint64_t seed,
                  const SharedMachine& before = {}, const SharedMachine& after = {}) {
  const std::vector<std::string> workloads = {"a", "b", "c", "d"};
  std::mt19937_64 random(seed);
  Counts counts;
  for (int i = 0; i < gates; ++i) {
    const BenchReport baseline = RunOnSharedMachine(workloads, 1, repetitions, before, random);
    const BenchReport candidate =
        RunOnSharedMachine(workloads, slowdown, repetitions, after, random);
    const Result<GateReport> report = Gate(baseline, candidate, {});
    counts.not_compared += report ? 0 : 1;
    counts.regressions += report && report->HasRegression() ? 1 : 0;
  }
  return counts;
}

constexpr std::size_t kRepetitions = BenchOptions{}.repetitions;

// 20 gates shall give no alarm: that is probable by 98 % where one of 1,000 is false.
TEST(GateSimulation, NoiseOfASharedMachineIsNoRegression) {
  EXPECT_LE(CountGates(2000, 1, kRepetitions, 5).regressions, 2);
}

TEST(GateSimulation, FifteenPercentAreFound) {
  EXPECT_GE(CountGates(1000, 1.15, kRepetitions, 7).regressions, 990);
}

TEST(GateSimulation, AQuietMachineNeedsFewRepetitions) {
  const SharedMachine quiet = {.busy = 0, .drift = 0.005, .jitter = 0.005, .interrupted = 0.02};
  EXPECT_LE(CountGates(1000, 1, kLeastRepetitions, 8, quiet, quiet).regressions, 1);
  EXPECT_GE(CountGates(1000, 1.15, kLeastRepetitions, 9, quiet, quiet).regressions, 990);
}

// The ratio is a quarter smaller where the other thread is always busy. Whichever run that is in,
// it is no regression; and there is no answer at all.
TEST(GateSimulation, AMachineThatIsNeverQuietIsNotComparedWithAQuietOne) {
  const SharedMachine quiet = {.busy = 0};
  const SharedMachine busy = {.busy = 1};
  for (const Counts counts : {CountGates(500, 1, kRepetitions, 10, quiet, busy),
                              CountGates(500, 1, kRepetitions, 11, busy, quiet)}) {
    EXPECT_EQ(counts.regressions, 0);
    EXPECT_EQ(counts.not_compared, 500);
  }
  // Where both are as busy there is one.
  EXPECT_GE(CountGates(500, 1.15, kRepetitions, 12, busy, busy).regressions, 490);
  EXPECT_LE(CountGates(500, 1, kRepetitions, 13, busy, busy).regressions, 1);
}

}  // namespace
}  // namespace sigvet
