#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/output_file.h"
#include "reports/report.h"

namespace sigvet {

/// One `--report FORMAT=PATH`, with its file open.
struct RequestedReport {
  const ReportFormat* format;
  OutputFile file;
};

/// Adds `--report FORMAT=PATH`, which may be repeated.
void AddReportOption(CLI::App& command, std::vector<std::string>& requests);

/// Opens the files of all requests. No two may have the same path.
Result<std::vector<RequestedReport>> OpenReports(std::span<const std::string> requests);

}  // namespace sigvet
