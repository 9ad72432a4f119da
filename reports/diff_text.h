#pragma once

#include <string>

#include "harness/run/compare_runs.h"
#include "harness/run/run_report.h"
#include "reports/report.h"

namespace sigvet {

/// What CompareRuns() found in these two runs, for a person: the answer in the first line, what the
/// runs do not have in common, then what changed by subject and reason, each list cut where it gets
/// long. Lines stay within `style.width`, commands excepted, which are for copying. Pure and
/// thread-safe.
std::string RenderDiff(const RunDiff& diff, const RunReport& old_run, const RunReport& new_run,
                       const ConsoleStyle& style);

}  // namespace sigvet
