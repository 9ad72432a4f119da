#include "bench/test_runs.h"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

namespace sigvet {
namespace {

/// From 0 to 1, the same with every standard library.
double Uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

/// Box and Muller's.
double Normal(std::mt19937_64& random) {
  const double radius = std::sqrt(-2 * std::log1p(-Uniform(random)));
  return radius * std::cos(2 * std::numbers::pi * Uniform(random));
}

/// A sample's noise but for the other thread's; its mean does not exist.
double SampleNoise(const SharedMachine& machine, std::mt19937_64& random) {
  double noise = std::exp(machine.jitter * Normal(random));
  if (Uniform(random) < machine.interrupted) noise += 0.05 / (1 - Uniform(random));
  return noise;
}

/// The other hardware thread, from sample to sample.
class OtherThread {
 public:
  OtherThread(const SharedMachine& machine, std::mt19937_64& random)
      : machine_(machine), random_(random), busy_(Uniform(random) < machine.busy) {}

  /// Whether it is busy during the next sample.
  bool Next() {
    const double share = busy_ ? 1 - machine_.busy : machine_.busy;
    if (Uniform(random_) < share / machine_.spell_samples) busy_ = !busy_;
    return busy_;
  }

 private:
  const SharedMachine& machine_;
  std::mt19937_64& random_;
  bool busy_;
};

}  // namespace

BenchSeries SeriesOf(std::string workload, std::string contender, const std::vector<double>& ns) {
  BenchSeries series;
  series.workload = std::move(workload);
  series.contender = std::move(contender);
  series.item = "call";
  for (const double time : ns) series.samples.push_back({time, time, 1000});
  return series;
}

BenchSeries SteadySeries(std::string workload, std::string contender, double ns,
                         std::size_t count) {
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) {
    // Primes that have nothing in common: no two are equal, and no order is in them.
    times.push_back(ns * (1 + static_cast<double>(i * 31 % 101) / 10'000));
  }
  return SeriesOf(std::move(workload), std::move(contender), times);
}

BenchContext SomeContext() {
  BenchContext context;
  context.date = "2026-01-02T03:04:05Z";
  context.sigvet_version = "0.1.0";
  context.build = "g++ 12.2.0, release";
  context.cpu = "Example CPU";
  context.cpus = 2;
  context.cpu_features = {"avx2", "sha_ni"};
  context.libraries = {{"openssl", "OpenSSL 3.0.0"}, {"builtin", "sigvet 0.1.0"}};
  context.kernel = "sha-ni";
  context.corpus_digest = "0123456789ab";
  return context;
}

BenchReport RunOnSharedMachine(const std::vector<std::string>& workloads, double slowdown,
                               std::size_t repetitions, const SharedMachine& machine,
                               std::mt19937_64& random) {
  const double drift = std::exp(machine.drift * Normal(random));
  OtherThread other(machine, random);
  std::vector<double> quiet_ns;
  std::vector<std::vector<double>> times(2 * workloads.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double ns = i % 2 == 0 ? 900 : 300 * slowdown;
    quiet_ns.push_back(ns * drift * std::exp(machine.layout * Normal(random)));
  }
  for (std::size_t round = 0; round < repetitions; ++round) {
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double busy = i % 2 == 0 ? machine.busy_openssl : machine.busy_builtin;
      times[i].push_back(quiet_ns[i] * (other.Next() ? busy : 1) * SampleNoise(machine, random));
    }
  }
  BenchReport report;
  report.context = SomeContext();
  for (std::size_t i = 0; i < times.size(); ++i) {
    report.series.push_back(
        SeriesOf(workloads[i / 2], i % 2 == 0 ? "openssl" : "builtin", times[i]));
  }
  return report;
}

}  // namespace sigvet
