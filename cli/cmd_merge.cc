#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/input_file.h"
#include "cli/messages.h"
#include "cli/publish.h"
#include "cli/report_option.h"
#include "cli/results_file.h"
#include "harness/run/merge_reports.h"
#include "reports/report.h"

namespace sigvet {
namespace {

constexpr const char* kFooter =
    R"(Each FILE is what sigvet run --shard I/N --report json=FILE wrote. They may come in any
order; a shard that is missing, is there twice or is of another run is an error. The report
is that of one run of the whole.

Examples:
  sigvet merge part-*.json
  sigvet merge part-*.json --report json=run.json --report junit=sigvet.xml
  parallel sigvet run --shard {}/4 --report json=part-{}.json ::: 1 2 3 4

Exit codes, as those of one run: 0 all as expected, 1 not conformant, 130 interrupted;
2 usage or a file that can't be read, 65 no shards of one run, 70 internal error.)";

struct MergeOptions {
  std::vector<std::string> files;
  std::vector<std::string> reports;
};

ExitCode ReadShards(const std::vector<std::string>& files, std::vector<ShardReport>& shards) {
  ExitCode exit_code = kExitOk;
  // All of them, so that the errors of all are told.
  for (const std::string& file : files) {
    ShardReport shard = {InputName(file), {}};
    const ExitCode read = ReadRunOrExplain(file, shard.report);
    if (read != kExitOk) exit_code = read;
    shards.push_back(std::move(shard));
  }
  return exit_code;
}

ExitCode MergeCommand(const MergeOptions& options) {
  const std::set<std::string> different(options.files.begin(), options.files.end());
  if (different.size() < options.files.size()) {
    return Explain({"a file is given twice"}, kExitUsage);
  }
  Result<std::vector<RequestedReport>> requested = OpenReports(options.reports);
  if (!requested) return Explain(requested.error(), kExitUsage);
  std::vector<ShardReport> shards;
  const ExitCode read = ReadShards(options.files, shards);
  if (read != kExitOk) return read;
  const Result<RunReport> report = MergeShards(std::move(shards));
  if (!report) return Explain(report.error(), kExitBadCorpus);
  const bool written = WriteReports(*report, *requested);
  std::FILE* const stream = StreamForPeople(*requested);
  if (!PrintTo(stream, RenderConsole(*report, StyleOf(stream))) || !written) return kExitInternal;
  return ExitCodeOf(*report);
}

}  // namespace

void AddMergeCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<MergeOptions>();
  CLI::App* command = app.add_subcommand("merge", "Join the results of shards to those of one run");
  command->add_option("FILE", options->files, "The results of all shards")
      ->required()
      ->type_name("");
  AddReportOption(*command, options->reports);
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = MergeCommand(*options); });
}

}  // namespace sigvet
