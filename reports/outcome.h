#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/run/run_report.h"

namespace sigvet {

/// What reports of tests (JUnit, TAP, CTRF) say of one: they count the same tests in the same way.
struct Outcome {
  enum class Kind { kPassed, kFailure, kError, kSkipped };

  Kind kind = Kind::kPassed;
  /// "fail", "unexpected-pass" ...
  std::string_view type = {};
  /// One line. Bytes from outside are in it as they are: it goes through Printable().
  std::string message = {};
  /// Lines, printable.
  std::string text = {};
  /// The end of what was written to standard error. Any bytes.
  std::string_view stderr_tail = {};
};

Place PlaceOf(const RunReport& report, const RunReport::Case& c);

/// What one subject did on one case. A disputed case is skipped for each subject; DisputedOutcome
/// counts it, once.
Outcome OutcomeOf(const RunReport& report, const RunReport::CaseResult& result);

/// One result of every disputed case, in the order of the cases.
std::vector<const RunReport::CaseResult*> DisputedResults(const RunReport& report);

/// `result` is one of those of a disputed case.
Outcome DisputedOutcome(const RunReport& report, const RunReport::CaseResult& result);

/// That a subject could not run.
Outcome UnavailableOutcome(const RunReport::Subject& subject);

/// A test that is about the run as a whole.
struct RunOutcome {
  /// Unique among them. Any bytes.
  std::string name;
  Place place;
  Outcome outcome;
};

/// What is wrong with the run as a whole; empty where nothing is. Without it, a file of a run in
/// which nothing ran, or that was ended early, would look like one of a run in which all is well.
std::vector<RunOutcome> RunOutcomes(const RunReport& report);

}  // namespace sigvet
