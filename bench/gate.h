#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/bench_report.h"

namespace sigvet {

/// The default of GatePolicy::threshold.
inline constexpr double kDefaultThreshold = 0.1;

/// By how much the reference's own quiet time may differ between two runs. A program on the other
/// hardware thread of a core slows the reference by half, another library by a tenth: ratios of a
/// quiet machine and of one that is never quiet have nothing to do with each other.
inline constexpr double kMostMachineChange = 0.1;

/// What counts as a regression.
struct GatePolicy {
  /// What holds for the series that both globs match.
  struct Rule {
    std::string workload = "*";
    std::string contender = "*";
    double threshold = kDefaultThreshold;
    bool ignored = false;
    Place place = {};  ///< where it stands
  };

  /// The contender that all others are held against, within each run.
  std::string reference = "openssl";
  /// A change of the quiet ratio is a regression where it is both larger than `threshold` (0.1 is
  /// 10 % slower) and at least as improbable as `significance`.
  double threshold = kDefaultThreshold;
  double significance = 0.001;
  /// The last that fits counts.
  std::vector<Rule> rules;
};

/// One series of both runs, as multiples of the reference's time in the same run.
struct GateRow {
  enum class Verdict : std::uint8_t {
    kSame,
    kMaybeSlower,  ///< above its threshold, but less improbable than the significance
    kSlower,
    kFaster,
    kIgnored,
    kGone,        ///< in the baseline alone
    kNew,         ///< in the candidate alone
    kUncompared,  ///< its workload has no reference, as those of the harness have none
    kUnsure,      ///< the machine was not as fast in one run as in the other: kMostMachineChange
  };

  std::string workload;
  std::string contender;
  Verdict verdict = Verdict::kSame;
  /// Quiet time as a multiple of the reference's; 0 where there is none. So are those below.
  double baseline_ratio = 0;
  double candidate_ratio = 0;
  double change = 0;          ///< candidate over baseline, less 1
  double p_value = 1;         ///< of a change in that direction
  double machine_change = 0;  ///< the reference's quiet time, candidate over baseline, less 1
  double threshold = 0;
  std::string reason = {};  ///< why the candidate has none, where it says so

  bool is_regression() const { return verdict == Verdict::kSlower || verdict == Verdict::kGone; }
  /// Whether its ratios were held against each other.
  bool is_judged() const;
};

struct GateReport {
  std::string reference;
  double significance = 0;  ///< that of the policy
  /// In the order of the baseline; those that are new at the end.
  std::vector<GateRow> rows;
  /// What makes the comparison less certain, in a line each: another model of CPU, another
  /// compiler; and rules that match nothing.
  std::vector<std::string> notes;

  /// Whether a series is slower, or gone.
  bool HasRegression() const;
};

/// Holds a candidate against a baseline. Noise on a shared machine only ever adds time, and adds
/// more to one library than to another; so what is compared is each series at its quietest: the
/// median of the fastest tenth of its samples, and no fewer than three, as a multiple of the same
/// of the reference in the same run. The Mann-Whitney test takes the fastest fifth, and no fewer
/// than nine. What slows the whole machine alike leaves these ratios as they are. They move by a
/// percent or two all the same, by where code and data happen to lie in memory, which no number of
/// samples within a run averages out; hence the threshold beside the test.
///
/// An error where they can't be compared: see CheckContexts; fewer than kLeastRepetitions, no
/// reference, nothing in common or all of it ignored, a time that is none. Pure and thread-safe.
Result<GateReport> Gate(const BenchReport& baseline, const BenchReport& candidate,
                        const GatePolicy& policy);

}  // namespace sigvet
