#pragma once

#include <string>

#include "harness/run/run_report.h"
#include "reports/report.h"

namespace sigvet {

/// The table of suites and subjects that ran, with a row of totals. A cell shows how many cases
/// passed; `!22/24` where some of those that ran failed; `2s` or `-` for some or all skipped: a
/// legend under the table explains the signs that occur. Where not all subjects fit beside each
/// other the table comes in blocks. Empty where no case or no subject ran.
std::string RenderTable(const RunReport& report, const ConsoleStyle& style);

}  // namespace sigvet
