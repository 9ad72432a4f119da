#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bench/bench_report.h"

namespace sigvet {

/// A series with one sample of each of `ns`, which are the times of an iteration.
BenchSeries SeriesOf(std::string workload, std::string contender, const std::vector<double>& ns);

/// `count` samples around `ns`, all of them different, the same ones every time.
BenchSeries SteadySeries(std::string workload, std::string contender, double ns,
                         std::size_t count = 15);

/// The context of a machine and a program that exist nowhere.
BenchContext SomeContext();

/// How a shared machine disturbs a benchmark. The figures are those of a virtual machine with other
/// people's work on the other hardware thread of the same core, which slows one library more than
/// another.
struct SharedMachine {
  /// Of the time that the other thread is busy, in spells of `spell_samples` on average.
  double busy = 0.6;
  double spell_samples = 4;
  double busy_openssl = 1.6;
  double busy_builtin = 1.2;
  /// Of the speed of the whole machine, from run to run.
  double drift = 0.02;
  /// Of a single sample.
  double jitter = 0.01;
  /// How probable it is that something interrupts a sample, for a time without an upper bound.
  double interrupted = 0.1;
  /// Of a series from run to run: where code and data happen to lie.
  double layout = 0.01;
};

/// A run on such a machine of `workloads` on "openssl" and "builtin"; "builtin" takes `slowdown`
/// times what it takes in others. The same for the same state of `random`.
BenchReport RunOnSharedMachine(const std::vector<std::string>& workloads, double slowdown,
                               std::size_t repetitions, const SharedMachine& machine,
                               std::mt19937_64& random);

}  // namespace sigvet
