#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "bench/bench_report.h"
#include "cli/exit_code.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// Reads the report of a run that `path` (or stdin, `-`) holds as JSON. Where that fails stderr
/// says why, and the program is to end with what this returns; else that is kExitOk.
ExitCode ReadRunOrExplain(const std::string& path, RunReport& report);

/// The same for the results of a benchmark.
ExitCode ReadBenchOrExplain(const std::string& path, BenchReport& report);

/// The same for what may be either.
ExitCode ReadResultsOrExplain(const std::string& path,
                              std::variant<RunReport, BenchReport>& results);

}  // namespace sigvet
