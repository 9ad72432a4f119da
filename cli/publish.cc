#include "cli/publish.h"

#include <sys/utsname.h>

#include <algorithm>
#include <string>

#include "cli/messages.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "harness/run/verdicts.h"

namespace sigvet {
namespace {

std::string SystemName() {
  utsname name{};
  if (uname(&name) != 0) return "unknown";
  return std::string(name.sysname) + " " + name.release + " " + name.machine;
}

template <typename Requests>
std::FILE* StreamBeside(const Requests& requested) {
  const auto is_stdout = [](const auto& request) { return request.file.is_stdout(); };
  return std::ranges::any_of(requested, is_stdout) ? stderr : stdout;
}

template <typename Report, typename Requests>
bool WriteAll(const Report& report, Requests& requested) {
  bool written = true;
  for (auto& request : requested) {
    const auto committed = request.file.Commit(request.format->render(report));
    if (committed) continue;
    PrintError(committed.error());
    written = false;
  }
  return written;
}

}  // namespace

void DescribeRun(const CorpusOptions& corpus, RunReport& report) {
  report.context.sigvet_version = kVersion;
  report.context.system = SystemName();
  report.context.corpus_paths = corpus.paths;
  report.context.suite_paths = corpus.suites;
}

std::FILE* StreamForPeople(std::span<const RequestedReport> requested) {
  return StreamBeside(requested);
}

std::FILE* StreamForPeople(std::span<const RequestedBenchReport> requested) {
  return StreamBeside(requested);
}

ConsoleStyle StyleOf(std::FILE* stream) {
  const Terminal terminal = DetectTerminal(stream);
  return {.color = terminal.color, .width = terminal.width, .utf8 = terminal.utf8};
}

bool WriteReports(const RunReport& report, std::vector<RequestedReport>& requested) {
  return WriteAll(report, requested);
}

bool WriteReports(const BenchReport& report, std::vector<RequestedBenchReport>& requested) {
  return WriteAll(report, requested);
}

ExitCode ExitCodeOf(const RunReport& report) {
  if (report.context.interrupted) return kExitInterrupted;
  return IsConformant(report) ? kExitOk : kExitNotConformant;
}

}  // namespace sigvet
