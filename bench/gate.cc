#include "bench/gate.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "bench/gate_contexts.h"
#include "bench/statistics.h"
#include "harness/run/glob.h"

namespace sigvet {
namespace {

using Verdict = GateRow::Verdict;

/// One sample may be too fast by a fault of the clock; the median of three is not.
constexpr std::size_t kLeastQuiet = 3;

/// The name of a series, as in "hmac/64/builtin".
std::string NameOf(const BenchSeries& series) {
  return Visible(series.workload + "/" + series.contender);
}

std::vector<double> Sorted(const BenchSeries& series) {
  std::vector<double> times = series.NsPerItem();
  std::ranges::sort(times);
  return times;
}

/// What a series takes where nothing disturbs it: the median of the fastest tenth.
double QuietTime(const std::vector<double>& sorted) {
  return Median(std::span(sorted).first(std::max(kLeastQuiet, sorted.size() / 10)));
}

/// A series at its quietest.
struct Quiet {
  double reference_ns = 0;
  double ratio = 0;             ///< to reference_ns
  std::vector<double> fastest;  ///< samples, in reference_ns
};

/// One of the two runs, its series by name.
class Run {
 public:
  Run(std::string_view name, const BenchReport& report, std::string_view reference)
      : name_(name), report_(report), reference_(reference) {}

  /// Why the run is no good; none where it is.
  std::optional<Error> Index() {
    for (const BenchSeries& series : report_.series) {
      if (std::optional<Error> error = CheckSamples(series)) return error;
      if (!series_.emplace(std::pair(series.workload, series.contender), &series).second) {
        return Error{"the " + name_ + " has " + NameOf(series) + " twice"};
      }
    }
    return CheckReference();
  }

  const BenchSeries* Find(const std::string& workload, const std::string& contender) const {
    const auto found = series_.find(std::pair(workload, contender));
    return found == series_.end() ? nullptr : found->second;
  }

  const BenchSeries* FindReference(const std::string& workload) const {
    return Find(workload, std::string(reference_));
  }

  /// A series in a run. Its workload must have the reference.
  Quiet QuietOf(const BenchSeries& series) const {
    const BenchSeries* const reference = FindReference(series.workload);
    Check(reference != nullptr, "a workload without the reference");
    const double reference_ns = QuietTime(Sorted(*reference));
    std::vector<double> times = Sorted(series);
    const double ratio = QuietTime(times) / reference_ns;
    times.resize(std::max(kLeastRepetitions, times.size() / 5));
    for (double& time : times) time /= reference_ns;
    return {reference_ns, ratio, std::move(times)};
  }

  /// Why the run has no such series; empty where it does not say.
  std::string WhyLeftOut(const BenchSeries& series) const {
    const auto found = std::ranges::find_if(report_.left_out, [&](const BenchLeftOut& left_out) {
      return left_out.contender == series.contender &&
             (left_out.workload.empty() || left_out.workload == series.workload);
    });
    return found == report_.left_out.end() ? "" : found->reason;
  }

  const BenchReport& report() const { return report_; }

 private:
  std::optional<Error> CheckSamples(const BenchSeries& series) const {
    if (series.samples.size() < kLeastRepetitions) {
      return Error{"the " + name_ + " has " + std::to_string(series.samples.size()) +
                       " repetitions of " + NameOf(series) + "; fewer than " +
                       std::to_string(kLeastRepetitions) + " say too little about noise",
                   {},
                   "sigvet bench takes 41 unless told otherwise"};
    }
    for (const BenchSample& sample : series.samples) {
      const double ns = series.on_clock ? sample.real_ns : sample.cpu_ns;
      if (ns >= kLeastSampleNs && ns <= kMostSampleNs) continue;  // as a NaN is not
      return Error{"the " + name_ + " has a time of " + NameOf(series) + " that is none"};
    }
    return std::nullopt;
  }

  std::optional<Error> CheckReference() const {
    std::vector<std::string_view> contenders;
    contenders.reserve(series_.size());
    for (const auto& [key, series] : series_) contenders.push_back(key.second);
    std::ranges::sort(contenders);
    const auto repeated = std::ranges::unique(contenders);
    contenders.erase(repeated.begin(), repeated.end());
    if (std::ranges::count(contenders, reference_) == 0) {
      std::string hint = DidYouMean(reference_, contenders);
      if (hint.empty()) hint = "bench it too, or name another reference in the policy";
      return Error{"the " + name_ + " has no series of the reference " + Visible(reference_),
                   {},
                   std::move(hint)};
    }
    for (const auto& [key, series] : series_) {
      const BenchSeries* const reference = FindReference(key.first);
      if (reference == nullptr || reference->samples.size() == series->samples.size()) continue;
      return Error{"the " + name_ + " has other numbers of repetitions of " + NameOf(*series) +
                   " and of " + NameOf(*reference)};
    }
    return std::nullopt;
  }

  std::string name_;
  const BenchReport& report_;
  std::string_view reference_;
  std::map<std::pair<std::string, std::string>, const BenchSeries*> series_;
};

/// Which rule holds for a series, and which hold for none.
class Rules {
 public:
  explicit Rules(const GatePolicy& policy) : policy_(policy), used_(policy.rules.size()) {}

  /// The last rule that fits, or null.
  const GatePolicy::Rule* Find(const BenchSeries& series) {
    const GatePolicy::Rule* last = nullptr;
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      const GatePolicy::Rule& rule = policy_.rules[i];
      if (!GlobMatches(rule.workload, series.workload)) continue;
      if (!GlobMatches(rule.contender, series.contender)) continue;
      used_[i] = true;
      last = &rule;
    }
    return last;
  }

  void NoteUnused(std::vector<std::string>& notes) const {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i]) continue;
      const GatePolicy::Rule& rule = policy_.rules[i];
      notes.push_back(
          ToString(Error{"the rule for workload \"" + Visible(rule.workload) + "\", contender \"" +
                             Visible(rule.contender) + "\" matches no series",
                         rule.place}));
    }
  }

 private:
  const GatePolicy& policy_;
  std::vector<bool> used_;
};

/// Fills in the ratios of a row and what they say.
void Compare(const Quiet& baseline, const Quiet& candidate, double significance, GateRow& row) {
  row.baseline_ratio = baseline.ratio;
  row.candidate_ratio = candidate.ratio;
  row.change = candidate.ratio / baseline.ratio - 1;
  row.machine_change = candidate.reference_ns / baseline.reference_ns - 1;
  const bool slower = row.change >= 0;
  row.p_value = slower ? MannWhitneyGreater(baseline.fastest, candidate.fastest)
                       : MannWhitneyGreater(candidate.fastest, baseline.fastest);
  // What is faster would be a regression, and slower a faster machine, with the runs exchanged.
  const auto exceeds = [](double change, double limit) {
    return change > limit || 1 / (1 + change) - 1 > limit;
  };
  if (exceeds(row.machine_change, kMostMachineChange)) {
    row.verdict = Verdict::kUnsure;
  } else if (exceeds(row.change, row.threshold)) {
    const bool certain = row.p_value <= significance;
    if (slower) row.verdict = certain ? Verdict::kSlower : Verdict::kMaybeSlower;
    if (!slower && certain) row.verdict = Verdict::kFaster;
  }
}

/// Why nothing of two runs could be compared.
Error NothingCompared(const std::vector<GateRow>& rows, std::string_view reference) {
  const auto unsure = std::ranges::find(rows, Verdict::kUnsure, &GateRow::verdict);
  if (unsure == rows.end()) {
    if (std::ranges::count(rows, Verdict::kIgnored, &GateRow::verdict) != 0) {
      return {"the policy ignores every series that could be compared",
              {},
              "take ignore: true out of a rule, or bench more"};
    }
    return {"the runs have no series in common that can be held against " + Visible(reference),
            {},
            "bench the same workloads and contenders twice"};
  }
  char factor[32];
  std::snprintf(factor, sizeof factor, "%.2f", 1 + unsure->machine_change);
  return {"the runs can't be compared: at " + Visible(unsure->workload) + " " + Visible(reference) +
              " itself took " + factor +
              " times as long in the candidate: one of the machines was busy all along, or is "
              "another one",
          {},
          "bench both again, one after the other"};
}

}  // namespace

/// Quantiles of runs of other lengths can't be held against each other, nor the processor's time
/// against the clock's.
std::optional<Error> CheckAlike(const Run& before, const Run& after) {
  for (const BenchSeries& series : before.report().series) {
    const BenchSeries* const now = after.Find(series.workload, series.contender);
    if (now == nullptr) continue;
    if (now->samples.size() != series.samples.size()) {
      return Error{"the runs can't be compared: " + NameOf(series) + " has " +
                       std::to_string(series.samples.size()) + " repetitions in the baseline, " +
                       std::to_string(now->samples.size()) + " in the candidate",
                   {},
                   "run both with the same --repetitions"};
    }
    if (now->on_clock != series.on_clock) {
      return Error{"the runs can't be compared: " + NameOf(series) +
                       " is timed by the clock in one of them alone",
                   {},
                   "run both with the same version of sigvet"};
    }
  }
  return std::nullopt;
}

bool GateRow::is_judged() const {
  return verdict == Verdict::kSame || verdict == Verdict::kMaybeSlower ||
         verdict == Verdict::kSlower || verdict == Verdict::kFaster;
}

bool GateReport::HasRegression() const {
  return std::ranges::any_of(rows, &GateRow::is_regression);
}

Result<GateReport> Gate(const BenchReport& baseline, const BenchReport& candidate,
                        const GatePolicy& policy) {
  Run before("baseline", baseline, policy.reference);
  Run after("candidate", candidate, policy.reference);
  if (std::optional<Error> error = before.Index()) return *std::move(error);
  if (std::optional<Error> error = after.Index()) return *std::move(error);
  if (std::optional<Error> error =
          CheckContexts(baseline.context, candidate.context, policy.reference)) {
    return *std::move(error);
  }
  if (std::optional<Error> error = CheckAlike(before, after)) return *std::move(error);
  GateReport report = {.reference = policy.reference,
                       .significance = policy.significance,
                       .rows = {},
                       .notes = NotesOf(baseline.context, candidate.context)};
  Rules rules(policy);
  bool has_ignored = false;
  const auto add = [&](const BenchSeries& series, Verdict verdict) -> GateRow& {
    const GatePolicy::Rule* const rule = rules.Find(series);
    GateRow row = {.workload = series.workload, .contender = series.contender, .verdict = verdict};
    row.threshold = rule == nullptr ? policy.threshold : rule->threshold;
    if (rule != nullptr && rule->ignored) row.verdict = Verdict::kIgnored;
    return report.rows.emplace_back(std::move(row));
  };
  for (const BenchSeries& series : baseline.series) {
    if (series.contender == policy.reference) continue;
    const BenchSeries* const now = after.Find(series.workload, series.contender);
    if (now == nullptr) {
      add(series, Verdict::kGone).reason = after.WhyLeftOut(series);
    } else if (before.FindReference(series.workload) == nullptr) {
      add(series, Verdict::kUncompared);
    } else if (after.FindReference(series.workload) == nullptr) {
      add(series, Verdict::kGone).reason = "nothing to hold it against: no " + policy.reference;
    } else {
      GateRow& row = add(series, Verdict::kSame);
      if (row.verdict == Verdict::kSame) {
        Compare(before.QuietOf(series), after.QuietOf(*now), policy.significance, row);
      }
      has_ignored = has_ignored || row.verdict == Verdict::kIgnored;
    }
  }
  // What is gone is an answer, unless all is: then other things were benched.
  if (std::ranges::none_of(report.rows, &GateRow::is_judged) &&
      !(has_ignored && report.HasRegression())) {
    return NothingCompared(report.rows, policy.reference);
  }
  for (const BenchSeries& series : candidate.series) {
    if (series.contender == policy.reference) continue;
    if (before.Find(series.workload, series.contender) == nullptr) add(series, Verdict::kNew);
  }
  rules.NoteUnused(report.notes);
  return report;
}

}  // namespace sigvet
