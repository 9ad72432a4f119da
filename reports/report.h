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

/// An SVG image for a README: how many passed.
std::string RenderBadge(const RunReport& report);

/// Common Test Report Format (ctrf.io): JSON. It counts tests as RenderJunit does, but for known
/// failures, which it calls "other".
std::string RenderCtrf(const RunReport& report);

/// Workflow commands of GitHub Actions that annotate what is wrong: at most ten errors, ten
/// warnings and ten notices. Empty where nothing is wrong.
std::string RenderGithub(const RunReport& report);

/// One page that needs nothing besides itself, for people: the answer, the table, each mistake.
std::string RenderHtml(const RunReport& report);

/// docs/json-report.md describes it. Documented and stable.
std::string RenderJson(const RunReport& report);

/// JUnit XML as GitLab, Jenkins and GitHub actions read it.
std::string RenderJunit(const RunReport& report);

/// A job summary of GitHub Actions in GitHub's Markdown, failures first: less than 1,000,000 bytes,
/// which is below GitHub's limit.
std::string RenderMarkdown(const RunReport& report);

/// Test Anything Protocol, version 14. It counts tests as RenderJunit does; known failures are
/// TODO.
std::string RenderTap(const RunReport& report);

/// A benchmark's results as RFC 4180 has it, in UTF-8: a header, then a row for each workload and
/// contender, in the order of the tables. Times are nanoseconds an item: the median over the rounds
/// and the 95 % interval of it. `times_as_fast` is how many times as fast as `reference` (OpenSSL
/// at its best; the slowest where that did not run) it is, the median over the rounds, each within
/// itself, and empty where no round says so. All of it is what CompareBench() says; numbers have a
/// dot, whatever the locale is, and nine digits that count.
std::string RenderBenchCsv(const BenchReport& report);

/// One page that asks for nothing else: which backend to take, a chart and a table of each
/// workload, what was left out, and where it was timed. Pure and thread-safe, as all of them are.
std::string RenderBenchHtml(const BenchReport& report);

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
