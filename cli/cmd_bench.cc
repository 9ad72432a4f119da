#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "bench/bench_context.h"
#include "bench/compare.h"
#include "bench/contender.h"
#include "bench/run_bench.h"
#include "bench/workload.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/publish.h"
#include "cli/report_option.h"
#include "cli/subject_options.h"
#include "harness/run/glob.h"
#include "reports/bench_text.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

/// More would not fit into what `sigvet gate` reads.
constexpr std::size_t kMostRepetitions = 200;
constexpr std::size_t kHelpColumns = 90;
constexpr std::size_t kFormColumns = 23;
constexpr std::size_t kWorkloadColumns = 27;

constexpr std::string_view kFooter = R"(Examples:
  sigvet bench                                     every backend, every workload
  sigvet bench --choose                            which backend is the fastest for what
  sigvet bench --choose --backend openssl --backend botan --workload sign-request/post
  sigvet bench --backend openssl --backend openssl-naive --workload ses-password
  sigvet bench --workload many-keys/256            many passwords in one call
  sigvet bench --workload 'sha256/*' --report json=bench.json

Every answer is checked before it is timed. All of it takes about a minute. A GLOB
matches workloads (many-keys/256) and all below a folder (many-keys): * any characters
but a slash, ** any characters. The last number of a row, x openssl, is how many times
as fast as OpenSSL at its best that row is; without OpenSSL, as the slowest.

--choose times backends at their best alone; --backend names those that you may take.
SIGVET_KERNEL=NAME in the environment has builtin use that kernel, here and in every
command: the NAMEs are those behind "builtin-" above.

Exit codes: 0 timed, 1 a wrong answer, 2 usage, 4 nothing selected, 70 internal error,
130 interrupted: nothing is reported.)";

struct BenchCommandOptions {
  std::vector<std::string> backends;
  std::vector<std::string> workloads;
  std::size_t repetitions = BenchOptions{}.repetitions;
  bool choose = false;
  std::vector<std::string> reports;
};

bool IsBestForm(const Contender& contender) { return contender.id == contender.backend; }

/// What --backend takes and what --workload matches, of this machine.
std::string Footer() {
  std::string text = "Backends, each at its best, and other forms of them:\n";
  for (const Contender& contender : AllContenders()) {
    text += Wrap("  " + PadRight(contender.id, kFormColumns),
                 contender.description + (contender.by_default ? "" : " (timed where named)"),
                 kHelpColumns);
  }
  text += "\nWorkloads:\n";
  for (const Workload& workload : AllWorkloads()) {
    text += Wrap("  " + PadRight(workload.id, kWorkloadColumns), workload.title, kHelpColumns);
  }
  return text.append("\n").append(kFooter);
}

/// The one of that id. An error, also where this machine can't have it.
Result<const Contender*> Request(const std::string& id) {
  const std::vector<std::string> backends = AllBackendIds();
  const auto all = AllContenders();
  const bool left_out = std::ranges::find(all, id, &Contender::id) == all.end() &&
                        std::ranges::find(backends, id) != backends.end();
  if (left_out) return MakeBackend(id).error();
  Result<const Contender*> found = FindContender(id);
  if (!found) {
    Error error = found.error();
    if (error.hint.empty()) error.hint = "sigvet bench --help lists them";
    return error;
  }
  const BackendResult made = (*found)->make();
  if (!made) return made.error();
  return found;
}

Error NotAtItsBest(const Contender& form) {
  return {form.id + " is a form of " + form.backend + ", and --choose compares backends at their " +
              "best",
          {},
          "name " + form.backend + ", or leave --choose out"};
}

/// What is asked for by name, else what is always timed; for a choice, backends at their best.
Result<std::vector<const Contender*>> ChooseContenders(const BenchCommandOptions& options) {
  std::vector<const Contender*> chosen;
  for (const std::string& id : options.backends) {
    Result<const Contender*> contender = Request(id);
    if (!contender) return contender.error();
    if (options.choose && !IsBestForm(**contender)) return NotAtItsBest(**contender);
    if (std::ranges::find(chosen, *contender) == chosen.end()) chosen.push_back(*contender);
  }
  if (chosen.empty()) chosen = DefaultContenders();
  if (!options.choose) return chosen;
  std::erase_if(chosen, [](const Contender* contender) { return !IsBestForm(*contender); });
  if (!options.backends.empty() && chosen.size() < 2) {
    return Error{"--choose is among backends: name two at least", {}, "or leave --backend out"};
  }
  return chosen;
}

Error NoSuchWorkload(const std::string& glob) {
  std::vector<std::string_view> names;
  for (const Workload& workload : AllWorkloads()) {
    const std::string_view id = workload.id;
    names.push_back(id);
    if (id.find('/') != id.npos) names.push_back(id.substr(0, id.find('/')));
  }
  const std::string hint = DidYouMean(glob, names);
  return {"--workload " + Visible(glob) + " matches no workload",
          {},
          hint.empty() ? "sigvet bench --help lists them" : hint};
}

/// Those that a glob matches, or all; of these only what backends do where backends were named or
/// are to be chosen among. A choice is by what people do, unless a glob says otherwise.
Result<std::vector<const Workload*>> ChooseWorkloads(const BenchCommandOptions& options) {
  for (const std::string& glob : options.workloads) {
    const auto matches = [&](const Workload& workload) { return GlobMatches(glob, workload.id); };
    if (std::ranges::none_of(AllWorkloads(), matches)) return NoSuchWorkload(glob);
  }
  const bool on_backend_only =
      options.choose || (options.workloads.empty() && !options.backends.empty());
  std::vector<const Workload*> chosen;
  for (const Workload& workload : AllWorkloads()) {
    const auto matches = [&](const std::string& glob) { return GlobMatches(glob, workload.id); };
    if (!options.workloads.empty() && std::ranges::none_of(options.workloads, matches)) continue;
    if (options.workloads.empty() && options.choose && !workload.is_use) continue;
    if (workload.on_backend || !on_backend_only) chosen.push_back(&workload);
  }
  if (chosen.empty()) {
    return Error{"there is no backend to choose: sigvet itself does these workloads",
                 {},
                 "sigvet bench --workload without --choose times them"};
  }
  return chosen;
}

/// That a comparison would be unfair, or an empty message.
Error WhyNotComparable(const BenchOptions& options) {
  const bool compares =
      options.contenders.size() > 1 &&
      std::ranges::any_of(options.workloads, [](const Workload* w) { return w->on_backend; });
  const std::vector<std::string> masks = compares ? FeatureMasks() : std::vector<std::string>();
  if (masks.empty()) return {""};
  const std::string& mask = masks.front();
  return {Visible(mask) +
              " hides features of the CPU from one library alone: times would not "
              "compare",
          {},
          "unset " + Visible(mask.substr(0, mask.find('='))) + ", or name one --backend alone"};
}

Result<BenchReport> Time(const BenchOptions& options) {
  std::optional<ProgressLine> line;
  return RunBench(options, [&line](std::size_t done, std::size_t all) {
    if (!line) line.emplace("samples", all);
    line->Update(done);
  });
}

std::string Render(const BenchReport& report, const BenchOptions& options, bool choose,
                   const ConsoleStyle& style) {
  if (!choose) return RenderBench(report, style);
  std::vector<std::string> backends;
  backends.reserve(options.contenders.size());
  for (const Contender* contender : options.contenders) backends.push_back(contender->id);
  return RenderBenchChoice(report, ChooseBackends(report, backends), style);
}

ExitCode Bench(const BenchCommandOptions& options) {
  const std::atomic<bool>& interrupted = CatchInterrupts();
  auto contenders = ChooseContenders(options);
  if (!contenders) return Explain(contenders.error(), kExitUsage);
  auto workloads = ChooseWorkloads(options);
  if (!workloads) return Explain(workloads.error(), kExitNothingSelected);
  const BenchOptions bench = {.workloads = *std::move(workloads),
                              .contenders = *std::move(contenders),
                              .repetitions = options.repetitions,
                              .interrupted = &interrupted};
  const Error why_not = WhyNotComparable(bench);
  if (!why_not.message.empty()) return Explain(why_not, kExitUsage);
  Result<std::vector<RequestedBenchReport>> reports = OpenBenchReports(options.reports);
  if (!reports) return Explain(reports.error(), kExitUsage);

  const Result<BenchReport> report = Time(bench);
  if (interrupted) return Explain({"interrupted; nothing is reported"}, kExitInterrupted);
  if (!report) return Explain(report.error(), kExitNotConformant);
  if (report->series.empty()) {
    const std::string why = report->left_out.empty() ? "" : report->left_out.front().reason;
    return Explain({"nothing could be timed: " + why}, kExitNothingSelected);
  }
  const bool written = WriteReports(*report, *reports);
  std::FILE* const stream = StreamForPeople(*reports);
  const bool shown = PrintTo(stream, Render(*report, bench, options.choose, StyleOf(stream)));
  return written && shown ? kExitOk : kExitInternal;
}

}  // namespace

void AddBenchCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<BenchCommandOptions>();
  CLI::App* command =
      app.add_subcommand("bench", "Time backends side by side, and say which one to take");
  AddRepeatable(*command, "--backend", options->backends, "ID",
                "Time this backend, or form of one, in place of all usual ones");
  AddRepeatable(*command, "--workload", options->workloads, "GLOB", "Time only what matches");
  AddOption(*command, "--repetitions", options->repetitions, "N",
            "Rounds, each with one sample of everything: " + std::to_string(kLeastRepetitions) +
                " to " + std::to_string(kMostRepetitions))
      ->capture_default_str()
      ->check(CLI::Range(kLeastRepetitions, kMostRepetitions).description(""));
  command->add_flag("--choose", options->choose,
                    "Name the fastest backend for each workload, each at its best");
  AddBenchReportOption(*command, options->reports);
  command->footer("")->footer(Footer);
  command->callback([options, &exit_code] { exit_code = Bench(*options); });
}

}  // namespace sigvet
