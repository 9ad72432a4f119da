#include "cli/results_file.h"

#include <utility>

#include "base/result.h"
#include "bench/bench_json.h"
#include "cli/input_file.h"
#include "cli/messages.h"
#include "reports/read_report_json.h"

namespace sigvet {
namespace {

/// Whether the JSON text has a member of that name somewhere. A quotation mark within a string is
/// escaped, so what looks like a member is one.
bool HasMember(std::string_view json, std::string_view name) {
  const std::string quoted = "\"" + std::string(name) + "\"";
  for (std::size_t at = json.find(quoted); at != json.npos; at = json.find(quoted, at + 1)) {
    const std::size_t next = json.find_first_not_of(" \t\r\n", at + quoted.size());
    if (next != json.npos && json[next] == ':') return true;
  }
  return false;
}

template <typename Report, typename Results>
ExitCode Take(Result<Report> read, Results& results) {
  if (!read) return Explain(read.error(), kExitBadCorpus);
  results = *std::move(read);
  return kExitOk;
}

}  // namespace

ExitCode ReadRunOrExplain(const std::string& path, RunReport& report) {
  const Result<std::string> text = ReadInput(path, kMaxReportJsonBytes);
  if (!text) return Explain(text.error(), kExitUsage);
  return Take(ReadReportJson(*text, InputName(path)), report);
}

ExitCode ReadBenchOrExplain(const std::string& path, BenchReport& report) {
  const Result<std::string> text = ReadInput(path, kMaxBenchJsonBytes);
  if (!text) return Explain(text.error(), kExitUsage);
  return Take(ReadBenchJson(*text, InputName(path)), report);
}

ExitCode ReadResultsOrExplain(const std::string& path,
                              std::variant<RunReport, BenchReport>& results) {
  const Result<std::string> text = ReadInput(path, kMaxReportJsonBytes);
  if (!text) return Explain(text.error(), kExitUsage);
  // Google Benchmark's own member; no report of a run has it.
  if (HasMember(*text, "benchmarks")) {
    return Take(ReadBenchJson(*text, InputName(path)), results);
  }
  return Take(ReadReportJson(*text, InputName(path)), results);
}

}  // namespace sigvet
