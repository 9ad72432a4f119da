#pragma once

#include <string>

#include "harness/run/run_report.h"
#include "reports/report.h"

namespace sigvet {

/// What fails the run and no finding explains, a paragraph each: first the failed cases in the
/// corpus's order, those that fail in several subjects the same way once, then what ports wrote to
/// standard error, then the problems of the run. About 20 are shown in full, at most 10 of one
/// subject and at least one of each; the rest is counted and named. Empty where nothing failed.
std::string RenderFailures(const RunReport& report, const ConsoleStyle& style);

}  // namespace sigvet
