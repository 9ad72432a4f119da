#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/output_file.h"
#include "reports/report.h"

namespace sigvet {

/// One `--report FORMAT=PATH`, with its file open.
template <typename Format>
struct RequestedReportOf {
  const Format* format;
  OutputFile file;
};
using RequestedReport = RequestedReportOf<ReportFormat>;
using RequestedBenchReport = RequestedReportOf<BenchReportFormat>;

/// Adds `--report FORMAT=PATH`, which may be repeated; the second for a benchmark's results.
void AddReportOption(CLI::App& command, std::vector<std::string>& requests);
void AddBenchReportOption(CLI::App& command, std::vector<std::string>& requests);

/// Opens the files of all requests, which were given by `option`. No two may have the same path.
Result<std::vector<RequestedReport>> OpenReports(std::span<const std::string> requests,
                                                 std::string_view option = "--report");
Result<std::vector<RequestedBenchReport>> OpenBenchReports(std::span<const std::string> requests,
                                                           std::string_view option = "--report");

}  // namespace sigvet
