#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/run/run_report.h"

namespace sigvet {

/// Stands for an index into the results of a run that has none.
inline constexpr std::uint32_t kNoResult = 0xffffffff;

/// Why a run has no answer of a subject to a case.
enum class NoAnswer : std::uint8_t {
  kAnswered,     ///< it has one
  kSkipped,      ///< it says so, and may say why
  kNoCase,       ///< not selected, or not in the corpus
  kNoSubject,    ///< not asked
  kUnavailable,  ///< the subject could not run
};

/// How one subject did on one case in two runs.
struct ResultChange {
  std::uint32_t before = kNoResult;  ///< index into the results of the old run
  std::uint32_t now = kNoResult;     ///< index into those of the new run
  /// Of the run without an answer.
  NoAnswer no_answer = NoAnswer::kAnswered;
  /// It failed and fails, and now at another stage, for another reason or by another mistake.
  bool in_another_way = false;
};

/// What the two runs did not have in common.
struct RunDifference {
  std::string what;  ///< "sigvet", "library of openssl"
  /// Empty where there was none.
  std::string before = {};
  std::string now = {};

  bool operator==(const RunDifference&) const = default;
};

/// What changed from one run to another. A result fails where it fails its run: an expected fail is
/// none. Lists are by subject and then by case, in the order of the new run; `no_longer_run` in the
/// order of the old one.
struct RunDiff {
  std::vector<ResultChange> newly_failing;      ///< passed before
  std::vector<ResultChange> newly_run_failing;  ///< had no answer before, or no result
  std::vector<ResultChange> newly_run_passing;
  std::vector<ResultChange> fixed;
  std::vector<ResultChange> still_failing;
  std::vector<ResultChange> no_longer_run;
  /// Indices into RunReport::problems: of the new run those that the old one has not, and the other
  /// way round. A problem is told by its message and its file.
  std::vector<std::uint32_t> new_problems;
  std::vector<std::uint32_t> solved_problems;
  std::size_t kept_problems = 0;
  std::size_t still_passing = 0;
  /// Cases that only one of the runs selected.
  std::size_t cases_added = 0;
  std::size_t cases_gone = 0;
  /// Results may be missing for no other reason.
  bool old_interrupted = false;
  bool new_interrupted = false;
  std::vector<RunDifference> besides;

  /// Whether something fails that did not: it passed, or nobody had asked.
  bool HasRegression() const {
    return !newly_failing.empty() || !newly_run_failing.empty() || !new_problems.empty();
  }
  /// How many results both runs have an answer to.
  std::size_t Compared() const {
    return newly_failing.size() + fixed.size() + still_failing.size() + still_passing;
  }
};

/// Compares what every subject, by its id, answered to every case, by its id. Takes time and room
/// in proportion to the results. Pure and thread-safe.
RunDiff CompareRuns(const RunReport& old_run, const RunReport& new_run);

}  // namespace sigvet
