#include "cli/report_option.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

#include "base/suggest.h"
#include "base/utf8.h"
#include "cli/options.h"

namespace sigvet {
namespace {

template <typename Format>
std::vector<std::string_view> NamesOf(std::span<const Format> formats) {
  std::vector<std::string_view> names;
  for (const Format& format : formats) names.push_back(format.name);
  return names;
}

/// "json, junit"
std::string ListOf(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) list.append(list.empty() ? "" : ", ").append(name);
  return list;
}

/// A request, taken apart: which of the formats, and its file.
struct OpenedReport {
  std::size_t format;
  OutputFile file;
};

Result<OpenedReport> OpenReport(const std::string& request, std::string_view option,
                                std::span<const std::string_view> names) {
  const std::size_t equals = request.find('=');
  if (equals == std::string::npos || equals + 1 == request.size()) {
    return Error{std::string(option) + " " + Visible(request) + " has no path",
                 {},
                 "as in " + std::string(option) + " json=run.json"};
  }
  const std::string name = request.substr(0, equals);
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    const std::string hint = DidYouMean(name, names);
    return Error{
        "no report format \"" + Visible(name) + "\"",
        {},
        hint.empty() ? (names.size() == 1 ? "there is " : "there are ") + ListOf(names) : hint};
  }
  Result<OutputFile> file = OutputFile::Open(request.substr(equals + 1));
  if (!file) return file.error();
  return OpenedReport{static_cast<std::size_t>(found - names.begin()), *std::move(file)};
}

template <typename Format>
Result<std::vector<RequestedReportOf<Format>>> OpenAll(std::span<const std::string> requests,
                                                       std::string_view option,
                                                       std::span<const Format> formats) {
  const std::vector<std::string_view> names = NamesOf(formats);
  std::vector<RequestedReportOf<Format>> reports;
  std::set<std::string> paths;
  for (const std::string& request : requests) {
    Result<OpenedReport> report = OpenReport(request, option, names);
    if (!report) return report.error();
    const std::string& path = report->file.path();
    if (!paths.insert(path).second) {
      return Error{"two reports have the same path: " + Visible(path)};
    }
    reports.push_back({&formats[report->format], std::move(report->file)});
  }
  return reports;
}

void AddOptionOf(std::span<const std::string_view> names, CLI::App& command,
                 std::vector<std::string>& requests) {
  AddRepeatable(command, "--report", requests, "FORMAT=PATH",
                "Write a report (" + ListOf(names) + "); the path - is stdout");
}

}  // namespace

void AddReportOption(CLI::App& command, std::vector<std::string>& requests) {
  AddOptionOf(NamesOf(AllReportFormats()), command, requests);
}

void AddBenchReportOption(CLI::App& command, std::vector<std::string>& requests) {
  AddOptionOf(NamesOf(AllBenchReportFormats()), command, requests);
}

Result<std::vector<RequestedReport>> OpenReports(std::span<const std::string> requests,
                                                 std::string_view option) {
  return OpenAll(requests, option, AllReportFormats());
}

Result<std::vector<RequestedBenchReport>> OpenBenchReports(std::span<const std::string> requests,
                                                           std::string_view option) {
  return OpenAll(requests, option, AllBenchReportFormats());
}

}  // namespace sigvet
