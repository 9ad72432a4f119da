#pragma once

#include <cstddef>

#include "harness/run/run_report.h"

namespace sigvet {

/// Whether a result with `verdict` fails the run.
inline bool IsFailure(Verdict verdict) {
  return verdict != Verdict::kPass && verdict != Verdict::kExpectedFail &&
         verdict != Verdict::kSkip;
}

/// The failure of `result`, or null.
inline const Failure* FailureOf(const RunReport& report, const RunReport::CaseResult& result) {
  return result.failure < 0 ? nullptr : &report.failures[static_cast<std::size_t>(result.failure)];
}

/// Turns failures into kDisputed where backends outvote a case: none of those that answered it, two
/// or more, passes, and more than half gave the same wrong answer. Then the expected value may be
/// wrong as well as the derivation that they share. The others are wrong on their own.
void MarkDisputes(RunReport& report);

/// Counts the verdicts and problems of a report; RunReport::Totals says how.
RunReport::Totals CountTotals(const RunReport& report);

/// Whether everything is as expected: the run's exit code.
inline bool IsConformant(const RunReport& report) { return report.totals.failed == 0; }

}  // namespace sigvet
