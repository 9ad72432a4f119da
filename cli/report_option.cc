#include "cli/report_option.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "base/suggest.h"
#include "base/utf8.h"
#include "cli/options.h"

namespace sigvet {
namespace {

std::vector<std::string_view> FormatNames() {
  std::vector<std::string_view> names;
  for (const ReportFormat& format : AllReportFormats()) names.push_back(format.name);
  return names;
}

/// "json, junit"
std::string FormatList() {
  std::string list;
  for (const std::string_view name : FormatNames()) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

Result<RequestedReport> OpenReport(const std::string& request) {
  const std::size_t equals = request.find('=');
  if (equals == std::string::npos || equals + 1 == request.size()) {
    return Error{
        "--report " + Visible(request) + " has no path", {}, "as in --report json=run.json"};
  }
  const std::string name = request.substr(0, equals);
  const auto formats = AllReportFormats();
  const auto format = std::ranges::find(formats, name, &ReportFormat::name);
  if (format == formats.end()) {
    const std::string hint = DidYouMean(name, FormatNames());
    return Error{"no report format \"" + Visible(name) + "\"",
                 {},
                 hint.empty() ? "there are " + FormatList() : hint};
  }
  Result<OutputFile> file = OutputFile::Open(request.substr(equals + 1));
  if (!file) return file.error();
  return RequestedReport{&*format, std::move(*file)};
}

}  // namespace

void AddReportOption(CLI::App& command, std::vector<std::string>& requests) {
  AddRepeatable(command, "--report", requests, "FORMAT=PATH",
                "Write a report (" + FormatList() + "); the path - is stdout");
}

Result<std::vector<RequestedReport>> OpenReports(std::span<const std::string> requests) {
  std::vector<RequestedReport> reports;
  std::set<std::string> paths;
  for (const std::string& request : requests) {
    Result<RequestedReport> report = OpenReport(request);
    if (!report) return report.error();
    const std::string& path = report->file.path();
    if (!paths.insert(path).second) {
      return Error{"two reports have the same path: " + Visible(path)};
    }
    reports.push_back(std::move(*report));
  }
  return reports;
}

}  // namespace sigvet
