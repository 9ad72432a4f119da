#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "cli/commands.h"
#include "cli/corpus_options.h"
#include "cli/interrupt.h"
#include "cli/known_failures_option.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/port_options.h"
#include "cli/progress.h"
#include "cli/publish.h"
#include "cli/report_option.h"
#include "cli/shard_option.h"
#include "cli/subject_options.h"
#include "harness/run/plan.h"
#include "harness/run/runner.h"
#include "harness/run/shard_selection.h"
#include "reports/report.h"

namespace sigvet {
namespace {

constexpr const char* kFooter = R"(Examples:
  sigvet run                                     every backend, every case
  sigvet run --backend openssl --filter ses      one backend, the SES cases
  sigvet run --report junit=sigvet.xml           for CI
  sigvet run --corpus my-cases/ --known-failing known.txt
  sigvet run --suite aws-sig-v4:aws-c-auth/tests/aws-signing-test-suite/v4
  sigvet run --ports all                         ports in every language
  sigvet run --port my-port/ --repeat 3          one of yours, for its answers to be the same
  sigvet run --shard 2/4 --report json=part-2.json    a quarter of the work; then sigvet merge

What you name is what runs: with --port or --ports alone no backend does.
A GLOB matches case ids (ses/regions/us-east-1) and all below a folder (ses):
* any characters but a slash, ** any characters, ? one character.

Exit codes: 0 all as expected, 1 not conformant, 2 usage, 4 nothing selected,
65 bad corpus or port.yaml, 70 internal error, 130 interrupted.)";

struct RunCommandOptions {
  std::vector<std::string> backends;
  PortOptions ports;
  CorpusOptions corpus;
  std::vector<std::string> filters;
  std::vector<std::string> skips;
  std::vector<std::string> known_failing_paths;
  std::vector<std::string> required_operations;
  std::vector<std::string> reports;
  std::optional<std::string> shard;
  unsigned repeat = 1;
  unsigned jobs = DefaultJobs();
  bool quiet = false;
};

RunReport Execute(const Plan& plan, const RunCommandOptions& options,
                  const std::vector<KnownFailure>& known_failures,
                  const std::atomic<bool>& interrupted) {
  std::vector<std::string> subject_ids = AllBackendIds();
  std::ranges::move(AllPortIds(), std::back_inserter(subject_ids));
  for (const PlannedSubject& subject : plan.subjects) subject_ids.push_back(subject.info.id);
  ProgressLine progress("answers", CountAnswers(plan, options.repeat));
  RunReport report = RunPlan(plan, {.jobs = options.jobs,
                                    .repeat = options.repeat,
                                    .required_operations = options.required_operations,
                                    .known_failures = known_failures,
                                    .subject_ids = subject_ids,
                                    .interrupted = &interrupted,
                                    .progress = [&](std::size_t done, std::string_view running) {
                                      progress.Update(done, running);
                                    }});
  DescribeRun(options.corpus, report);
  report.context.known_failing_paths = options.known_failing_paths;
  report.context.filters = options.filters;
  report.context.skips = options.skips;
  return report;
}

/// Writes the report in every format asked for and shows it.
bool Publish(const RunReport& report, const RunCommandOptions& options,
             std::vector<RequestedReport>& requested) {
  const bool written = WriteReports(report, requested);
  std::FILE* const stream = StreamForPeople(requested);
  ConsoleStyle style = StyleOf(stream);
  style.quiet = options.quiet;
  return PrintTo(stream, RenderConsole(report, style)) && written;
}

/// What is asked for by name; every backend where nothing is. Ports are only read: building them
/// takes time.
ExitCode ChooseSubjects(const RunCommandOptions& options, std::vector<PlannedSubject>& backends,
                        std::vector<RequestedPort>& ports) {
  if (!options.backends.empty() || !options.ports.any()) {
    Result<std::vector<PlannedSubject>> planned = PlanBackends(options.backends);
    if (!planned) return Explain(planned.error(), kExitUsage);
    backends = *std::move(planned);
  }
  return ReadPortsOrExplain(options.ports, ports);
}

/// Selects the cases of `plan.corpus`, or of the part of it that `plan.shard` is.
ExitCode SelectOrExplain(const RunCommandOptions& options,
                         const std::vector<FileElsewhere>& elsewhere,
                         const std::atomic<bool>& interrupted,
                         std::vector<KnownFailure>& known_failures, Plan& plan) {
  if (!plan.shard.is_part()) {
    Result<SelectedCases> selected =
        SelectCases(*plan.corpus, options.filters, options.skips, Contested::kOnAsking);
    if (!selected) return Explain(selected.error(), kExitNothingSelected);
    plan.selected = *std::move(selected);
    return kExitOk;
  }
  const BackendResult decoder = MakeAnyBackend();
  if (!decoder) return Explain(decoder.error(), kExitInternal);
  Result<ShardSelected> shard = SelectInShard(*plan.corpus,
                                              {.filters = options.filters,
                                               .skips = options.skips,
                                               .required_operations = options.required_operations,
                                               .known_failures = known_failures,
                                               .elsewhere = elsewhere,
                                               .interrupted = &interrupted},
                                              **decoder);
  if (interrupted) {
    return Explain({"interrupted while cases were selected; nothing was run"}, kExitInterrupted);
  }
  if (!shard) return Explain(shard.error(), kExitNothingSelected);
  plan.selected = std::move(shard->selected);
  plan.operations_elsewhere = std::move(shard->operations_elsewhere);
  return kExitOk;
}

ExitCode RunCommand(const RunCommandOptions& options) {
  const std::atomic<bool>& interrupted = CatchInterrupts();
  const Result<Shard> shard = ChooseShard(options.shard);
  if (!shard) return Explain(shard.error(), kExitUsage);
  Plan plan;
  plan.shard = *shard;
  std::vector<RequestedPort> ports;
  const ExitCode chosen = ChooseSubjects(options, plan.subjects, ports);
  if (chosen != kExitOk) return chosen;
  Result<std::vector<RequestedReport>> reports = OpenReports(options.reports);
  if (!reports) return Explain(reports.error(), kExitUsage);
  auto known_failures = ReadKnownFailuresOrExplain(options.known_failing_paths);
  if (!known_failures) return kExitUsage;
  for (const RequestedPort& port : ports) {
    std::ranges::move(KnownFailuresOf(port.manifest), std::back_inserter(*known_failures));
  }
  Corpus corpus;
  std::vector<FileElsewhere> elsewhere;
  const ExitCode loaded =
      LoadCorpusOrExplain(options.corpus, corpus,
                          {options.jobs, &interrupted, "; nothing was run", *shard, &elsewhere});
  if (loaded != kExitOk) return loaded;
  plan.corpus = &corpus;
  const ExitCode selected = SelectOrExplain(options, elsewhere, interrupted, *known_failures, plan);
  if (selected != kExitOk) return selected;

  if (!ports.empty()) AddPorts(std::move(ports), interrupted, plan);
  const RunReport report = Execute(plan, options, *known_failures, interrupted);
  if (!Publish(report, options, *reports)) return kExitInternal;
  return ExitCodeOf(report);
}

}  // namespace

void AddRunCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<RunCommandOptions>();
  CLI::App* command =
      app.add_subcommand("run", "Run backends and ports over the corpus and say who is right");
  AddBackendOption(*command, options->backends);
  AddPortOptions(*command, options->ports);
  AddCorpusOptions(*command, options->corpus);
  AddRepeatable(*command, "--filter", options->filters, "GLOB", "Run only cases that match");
  AddRepeatable(*command, "--skip", options->skips, "GLOB", "Leave out cases that match");
  AddRepeatable(*command, "--known-failing", options->known_failing_paths, "FILE",
                "Cases that are known to fail: lines of [SUBJECT:]GLOB [# REASON]");
  AddRequireOperationOption(*command, options->required_operations);
  AddOption(*command, "--repeat", options->repeat, "N",
            "Ask everything N times, in another order each time: answers that change are failures")
      ->check(CLI::Range(1U, 100U).description(""));
  AddReportOption(*command, options->reports);
  AddShardOption(*command, options->shard);
  AddOption(*command, "--jobs", options->jobs, "N", "Threads, and ports at the same time")
      ->check(CLI::Range(1U, 256U).description(""))
      ->capture_default_str();
  command->add_flag("--quiet", options->quiet, "Print failures and the last line alone");
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = RunCommand(*options); });
}

}  // namespace sigvet
