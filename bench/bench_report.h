#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sigvet {

/// Fewer rounds than this say too little about noise to compare.
inline constexpr std::size_t kLeastRepetitions = 9;

/// What an iteration may take, in nanoseconds: from much less than a cycle to eleven days.
inline constexpr double kLeastSampleNs = 1e-3;
inline constexpr double kMostSampleNs = 1e15;

/// One round of one series: nanoseconds of an iteration.
struct BenchSample {
  double cpu_ns = 0;   ///< of the thread
  double real_ns = 0;  ///< on the clock
  std::uint64_t iterations = 0;

  bool operator==(const BenchSample&) const = default;
};

/// The samples of a contender at a workload. Sample `i` of all series of a workload were taken next
/// to each other, so that what disturbed one disturbed all.
struct BenchSeries {
  std::string workload;   ///< Workload::id
  std::string contender;  ///< Contender::id, or "harness"
  std::string item;       ///< Workload::item
  std::size_t items = 1;  ///< of an iteration
  bool on_clock = false;  ///< whether the time on the clock counts
  std::vector<BenchSample> samples;

  /// Of each sample the time that counts, in nanoseconds an item.
  std::vector<double> NsPerItem() const;

  bool operator==(const BenchSeries&) const = default;
};

/// What was to be timed and was not, and why.
struct BenchLeftOut {
  std::string workload;  ///< empty where it is the contender that is missing
  std::string contender;
  std::string reason;

  bool operator==(const BenchLeftOut&) const = default;
};

struct CpuCache {
  std::string type;  ///< "Data", "Instruction" or "Unified"
  std::uint32_t level = 0;
  std::uint64_t bytes = 0;
  std::uint32_t sharing = 0;  ///< how many CPUs share it

  bool operator==(const CpuCache&) const = default;
};

/// Where and with what a benchmark ran.
struct BenchContext {
  std::string date;            ///< RFC 3339, UTC
  std::string sigvet_version;  ///< "0.1.0"
  std::string build;           ///< compiler and kind of build: "g++ 12.2.0, release"
  std::string cpu;             ///< the model, as the system names it
  std::size_t cpus = 0;        ///< that the process may use
  std::uint64_t mhz = 0;       ///< nominal, of a CPU; 0 where the system does not say
  bool cpu_scaling = false;    ///< whether the system changes the clock as it likes
  std::vector<CpuCache> caches;
  std::vector<double> load_avg;  ///< over 1, 5 and 15 minutes, before the benchmark
  /// What kernels and libraries ask the CPU for, sorted: "avx2", "sha_ni". Results under different
  /// features are not compared.
  std::vector<std::string> cpu_features;
  /// What hides features from one library alone, as in "OPENSSL_ia32cap=...".
  std::vector<std::string> masks;
  std::vector<std::pair<std::string, std::string>> libraries;  ///< by backend: "OpenSSL 3.0.19 ..."
  std::string kernel;                                          ///< of the built-in backend
  std::string corpus_digest;

  bool operator==(const BenchContext&) const = default;
};

/// What a benchmark found. Goes to Google Benchmark's JSON and back without loss.
struct BenchReport {
  BenchContext context;
  std::vector<BenchSeries> series;  ///< those of a workload next to each other
  std::vector<BenchLeftOut> left_out;

  bool operator==(const BenchReport&) const = default;
};

}  // namespace sigvet
