#include <cstdio>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/publish.h"
#include "cli/report_option.h"
#include "cli/results_file.h"
#include "reports/bench_text.h"

namespace sigvet {
namespace {

constexpr const char* kFooter =
    R"(FILE is what sigvet run --report json=FILE wrote, or sigvet merge, or sigvet bench; - is
stdin. No report needs a second run. Without --to it is shown as the run showed it.

Examples:
  sigvet report run.json
  sigvet report run.json --to html=run.html --to markdown=summary.md
  sigvet report bench.json --to html=bench.html --to csv=bench.csv

Exit codes: 0 written, whatever the results are, 2 usage, 65 no results, 70 internal error.)";

struct ReportCommandOptions {
  std::string file;
  std::vector<std::string> to;
};

std::string Render(const RunReport& report, const ConsoleStyle& style) {
  return RenderConsole(report, style);
}

std::string Render(const BenchReport& report, const ConsoleStyle& style) {
  return RenderBench(report, style);
}

/// Writes what was asked for; what a person reads where nothing was.
template <typename Report, typename Requests>
ExitCode Publish(const Report& report, Result<Requests> requests) {
  if (!requests) return Explain(requests.error(), kExitUsage);
  if (!requests->empty()) return WriteReports(report, *requests) ? kExitOk : kExitInternal;
  return PrintTo(stdout, Render(report, StyleOf(stdout))) ? kExitOk : kExitInternal;
}

ExitCode ReportCommand(const ReportCommandOptions& options) {
  std::variant<RunReport, BenchReport> results;
  const ExitCode read = ReadResultsOrExplain(options.file, results);
  if (read != kExitOk) return read;
  if (const auto* run = std::get_if<RunReport>(&results)) {
    return Publish(*run, OpenReports(options.to, "--to"));
  }
  return Publish(std::get<BenchReport>(results), OpenBenchReports(options.to, "--to"));
}

/// "json, junit; of a benchmark: json"
std::string FormatList() {
  const auto list = [](const auto& formats) {
    std::string names;
    for (const auto& format : formats) names.append(names.empty() ? "" : ", ").append(format.name);
    return names;
  };
  return list(AllReportFormats()) + "; of a benchmark " + list(AllBenchReportFormats());
}

}  // namespace

void AddReportCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ReportCommandOptions>();
  CLI::App* command = app.add_subcommand("report", "Turn the JSON of a run into other reports");
  command->add_option("FILE", options->file, "Results as JSON")->required()->type_name("");
  AddRepeatable(*command, "--to", options->to, "FORMAT=PATH",
                "Write it as (" + FormatList() + "); the path - is stdout");
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = ReportCommand(*options); });
}

}  // namespace sigvet
