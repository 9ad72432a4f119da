#pragma once

#include <string>

#include "harness/run/run_report.h"
#include "reports/report.h"

namespace sigvet {

/// What is wrong, a paragraph for each finding that explains a failure: the mistake, how many of
/// the subject's failures it explains, the line of the algorithm, what to do, the cases, and one of
/// them in full. A few of each subject are shown so, the others in a line each. Then how much was
/// not searched. Empty where there is nothing of it.
std::string RenderFindings(const RunReport& report, const ConsoleStyle& style);

/// A line for each finding all of whose results are known failures.
std::string RenderKnownFindings(const RunReport& report, const ConsoleStyle& style);

}  // namespace sigvet
