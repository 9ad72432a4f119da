#include "bench/gate.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "bench/statistics.h"
#include "harness/run/glob.h"

namespace sigvet {
namespace {

using Verdict = GateRow::Verdict;

/// One sample may be too fast by a fault of the clock; the median of three is not.
constexpr std::size_t kLeastQuiet = 3;

constexpr char kMeasureAgain[] = "measure the baseline again on this machine, with this build";

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
    for (const double time : series.NsPerItem()) {
      if (std::isfinite(time) && time > 0) continue;
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

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + Visible(word);
  return text.empty() ? "none" : text;
}

/// Those of `these` that are not in `others`.
std::vector<std::string> Without(const std::vector<std::string>& these,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> left;
  std::ranges::copy_if(these, std::back_inserter(left), [&](const std::string& word) {
    return std::ranges::count(others, word) == 0;
  });
  return left;
}

std::string LibraryOf(const BenchContext& context, const std::string& backend) {
  for (const auto& [id, library] : context.libraries) {
    if (id == backend) return library;
  }
  return "";
}

/// "the runs had other WHAT: A in the baseline, B in the candidate".
Error Differ(std::string_view what, std::string_view baseline, std::string_view candidate) {
  return {std::string("the runs can't be compared: ")
              .append(what)
              .append(" differ: ")
              .append(baseline.empty() ? "none" : Visible(baseline))
              .append(" in the baseline, ")
              .append(candidate.empty() ? "none" : Visible(candidate))
              .append(" in the candidate"),
          {},
          kMeasureAgain};
}

/// Why ratios of these two runs have nothing to do with each other; none where they have.
std::optional<Error> CheckContexts(const BenchContext& baseline, const BenchContext& candidate,
                                   const std::string& reference) {
  if (baseline.cpu_features != candidate.cpu_features) {
    return Error{"the runs can't be compared: CPU features differ: the baseline alone has " +
                     Joined(Without(baseline.cpu_features, candidate.cpu_features)) +
                     ", the candidate alone has " +
                     Joined(Without(candidate.cpu_features, baseline.cpu_features)),
                 {},
                 kMeasureAgain};
  }
  if (baseline.kernel != candidate.kernel) {
    return Differ("kernels of the built-in backend", baseline.kernel, candidate.kernel);
  }
  if (baseline.masks != candidate.masks) {
    return Differ("what hides CPU features", Joined(baseline.masks), Joined(candidate.masks));
  }
  const std::string backend = reference.substr(0, reference.find('-'));
  const std::string old_library = LibraryOf(baseline, backend);
  const std::string new_library = LibraryOf(candidate, backend);
  if (old_library != new_library) {
    return Differ("versions of the reference", old_library, new_library);
  }
  return std::nullopt;
}

void NoteDifference(std::string_view what, const std::string& baseline,
                    const std::string& candidate, std::vector<std::string>& notes) {
  if (baseline == candidate) return;
  notes.push_back(std::string(what) + " differ: " + Visible(baseline) + " in the baseline, " +
                  Visible(candidate) + " in the candidate");
}

std::vector<std::string> NotesOf(const BenchContext& baseline, const BenchContext& candidate) {
  std::vector<std::string> notes;
  NoteDifference("CPU models", baseline.cpu, candidate.cpu, notes);
  NoteDifference("builds", baseline.build, candidate.build, notes);
  NoteDifference("corpora", baseline.corpus_digest, candidate.corpus_digest, notes);
  for (const auto& [backend, library] : baseline.libraries) {
    const std::string other = LibraryOf(candidate, backend);
    if (!other.empty()) NoteDifference("versions of " + backend, library, other, notes);
  }
  return notes;
}

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
  } else if (exceeds(row.change, row.threshold) && row.p_value <= significance) {
    row.verdict = slower ? Verdict::kSlower : Verdict::kFaster;
  }
}

/// Why nothing of two runs could be compared.
Error NothingCompared(const std::vector<GateRow>& rows, std::string_view reference) {
  const auto unsure = std::ranges::find(rows, Verdict::kUnsure, &GateRow::verdict);
  if (unsure == rows.end()) {
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
  GateReport report = {.reference = policy.reference,
                       .rows = {},
                       .notes = NotesOf(baseline.context, candidate.context)};
  Rules rules(policy);
  std::size_t compared = 0;
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
      if (row.verdict != Verdict::kUnsure) ++compared;
    }
  }
  if (compared == 0) return NothingCompared(report.rows, policy.reference);
  for (const BenchSeries& series : candidate.series) {
    if (series.contender == policy.reference) continue;
    if (before.Find(series.workload, series.contender) == nullptr) add(series, Verdict::kNew);
  }
  rules.NoteUnused(report.notes);
  return report;
}

}  // namespace sigvet
