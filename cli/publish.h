#pragma once

#include <cstdio>
#include <span>
#include <vector>

#include "bench/bench_report.h"
#include "cli/corpus_options.h"
#include "cli/exit_code.h"
#include "cli/report_option.h"
#include "harness/run/run_report.h"
#include "reports/report.h"

namespace sigvet {

/// Adds to the report's context what the run itself does not know: this program's version, the
/// system, and where the cases came from.
void DescribeRun(const CorpusOptions& corpus, RunReport& report);

/// Where what a person reads goes: stdout, or stderr where a report takes that.
std::FILE* StreamForPeople(std::span<const RequestedReport> requested);
std::FILE* StreamForPeople(std::span<const RequestedBenchReport> requested);

/// As suits the terminal that `stream` may be.
ConsoleStyle StyleOf(std::FILE* stream);

/// Writes the report in every format asked for. False, after error messages, where that fails.
bool WriteReports(const RunReport& report, std::vector<RequestedReport>& requested);
bool WriteReports(const BenchReport& report, std::vector<RequestedBenchReport>& requested);

/// How a run ends whose report has been written.
ExitCode ExitCodeOf(const RunReport& report);

}  // namespace sigvet
