#pragma once

#include <span>
#include <string>
#include <vector>

#include "bench/bench_report.h"
#include "bench/statistics.h"

namespace sigvet {

/// One series beside the others of its workload.
struct BenchRow {
  std::string contender;
  double median = 0;  ///< nanoseconds an item
  Interval interval;  ///< of the median, 95 %
  /// How many times as fast as the reference: the median over the rounds, each within itself.
  double times = 1;
  Interval times_interval = {1, 1};  ///< of the median that `times` is, 95 %

  /// How wide the interval is, as a part of the median.
  double Spread() const;
};

/// The contenders of one workload, the fastest first: by `times`, for rounds that were disturbed
/// move a median more than a ratio.
struct BenchComparison {
  std::string workload;
  std::string item;
  /// "openssl" where that ran, else the slowest.
  std::string reference;
  std::vector<BenchRow> rows;
};

/// Every workload of the report, in its order. Series without samples are left out. Pure and
/// thread-safe.
std::vector<BenchComparison> CompareBench(const BenchReport& report);

/// Which backend to take for a workload.
struct BenchChoice {
  std::string workload;
  /// The fastest, and those that can't be told from it: the 95 % interval of their time as a
  /// multiple of the fastest's, round by round, reaches down to 1, or they are not 1 % slower,
  /// which the place of code in memory makes.
  std::vector<std::string> best;
  /// The fastest of the others; empty where there is none.
  std::string next;
  /// How many times as fast as `next` the fastest is: the median over the rounds, each within
  /// itself, and the 95 % interval of that median.
  double times = 1;
  Interval interval = {1, 1};
};

/// The choice among `backends`, which are ids of contenders, for each workload that at least one of
/// them did. Pure and thread-safe.
std::vector<BenchChoice> ChooseBackends(const BenchReport& report,
                                        std::span<const std::string> backends);

}  // namespace sigvet
