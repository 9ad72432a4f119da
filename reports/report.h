#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "bench/bench_report.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// A format that `--report FORMAT=PATH` can write: a pure function from a run to bytes.
struct ReportFormat {
  std::string_view name;
  std::string (*render)(const RunReport& report);
};

/// Every format, by name.
std::span<const ReportFormat> AllReportFormats();

/// The same for the results of a benchmark.
struct BenchReportFormat {
  std::string_view name;
  std::string (*render)(const BenchReport& report);
};

/// Every format of a benchmark's results, by name.
std::span<const BenchReportFormat> AllBenchReportFormats();

/// docs/json-report.md describes it. Documented and stable.
std::string RenderJson(const RunReport& report);

/// JUnit XML as GitLab, Jenkins and GitHub actions read it.
std::string RenderJunit(const RunReport& report);

/// How the console report is shown.
struct ConsoleStyle {
  bool color = false;
  /// Characters in a line of the terminal; tables stay within it where they can.
  std::size_t width = 80;
  /// Failures and the last line alone.
  bool quiet = false;
  /// Whether bars may be drawn with the block characters of Unicode.
  bool utf8 = false;
};

/// What a person reads: the table of suites and subjects, the failures, and the line that counts.
std::string RenderConsole(const RunReport& report, const ConsoleStyle& style);

}  // namespace sigvet
