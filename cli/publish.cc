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

}  // namespace

void DescribeRun(const CorpusOptions& corpus, RunReport& report) {
  report.context.sigvet_version = kVersion;
  report.context.system = SystemName();
  report.context.corpus_paths = corpus.paths;
  report.context.suite_paths = corpus.suites;
}

std::FILE* StreamForPeople(std::span<const RequestedReport> requested) {
  const auto is_stdout = [](const RequestedReport& request) { return request.file.is_stdout(); };
  return std::ranges::any_of(requested, is_stdout) ? stderr : stdout;
}

ConsoleStyle StyleOf(std::FILE* stream) {
  const Terminal terminal = DetectTerminal(stream);
  return {.color = terminal.color, .width = terminal.width};
}

bool WriteReports(const RunReport& report, std::vector<RequestedReport>& requested) {
  bool written = true;
  for (RequestedReport& request : requested) {
    const auto committed = request.file.Commit(request.format->render(report));
    if (committed) continue;
    PrintError(committed.error());
    written = false;
  }
  return written;
}

ExitCode ExitCodeOf(const RunReport& report) {
  if (report.context.interrupted) return kExitInterrupted;
  return IsConformant(report) ? kExitOk : kExitNotConformant;
}

}  // namespace sigvet
