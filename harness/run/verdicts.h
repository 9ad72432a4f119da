#pragma once

#include "harness/run/run_report.h"

namespace sigvet {

/// Turns failures into kDisputed where all backends that answered a case, at least two, gave the
/// same wrong answer: then the expected value may be wrong as well as the derivation they share.
void MarkDisputes(RunReport& report);

/// Counts the verdicts and problems of a report; RunReport::Totals says how.
RunReport::Totals CountTotals(const RunReport& report);

/// Whether everything is as expected: the run's exit code.
inline bool IsConformant(const RunReport& report) { return report.totals.failed == 0; }

}  // namespace sigvet
