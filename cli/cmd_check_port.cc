#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/corpus_options.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/publish.h"
#include "cli/report_option.h"
#include "harness/corpus/value_parser.h"
#include "harness/port/check_port.h"
#include "harness/port/manifest_values.h"
#include "harness/port/placeholder.h"
#include "harness/port/process.h"
#include "harness/run/plan.h"
#include "harness/run/runner.h"
#include "reports/port_check_text.h"

namespace sigvet {
namespace {

constexpr const char* kFooter = R"(Examples:
  sigvet check-port -- python3 my_port.py
  sigvet check-port --filter ses --report junit=port.xml -- ./my-port --verbose
  sigvet check-port --exec --op ses-smtp-password --secret stdin -- ./my-tool '{region}'

A program answers line by line (docs/port-protocol.md). With --exec it is started once for every
case, and its standard output is the answer: {region}, {version}, {date} and {service} in its
arguments stand for the case's values. One line break at the end of the answer is not counted.
A program that has {region} and no {version} is asked for version 4 of ses-smtp-password alone;
one that has neither needs --version.

Exit codes: 0 a good port, 1 not, 2 usage, 4 nothing selected, 65 bad corpus, 70 internal error,
130 interrupted.)";

struct CheckPortOptions {
  std::vector<std::string> command;
  bool exec = false;
  std::string operation;
  std::string secret = "env:AWS_SECRET_ACCESS_KEY";
  std::optional<std::int64_t> version;
  std::optional<int> refusal_exit_code;
  CorpusOptions corpus;
  std::vector<std::string> filters;
  std::vector<std::string> reports;
};

/// Takes the word that says how the secret goes in.
Error TakeSecret(const std::string& word, PortManifest& manifest) {
  constexpr std::string_view kVariable = "env:";
  if (word == "stdin") {
    manifest.secret_by = PortManifest::SecretBy::kStdin;
  } else if (word == "argv") {
    manifest.secret_by = PortManifest::SecretBy::kArgument;
  } else if (word.starts_with(kVariable) && word.size() > kVariable.size()) {
    manifest.secret_by = PortManifest::SecretBy::kEnvironment;
    manifest.secret_variable = word.substr(kVariable.size());
    FileErrors errors("--secret");
    if (!CheckVariableName(manifest.secret_variable, {}, errors)) return errors.Take().front();
  } else {
    return {"--secret: " + Visible(word) + " is no way to hand over a secret",
            {},
            "stdin, env:NAME, or argv with {secret} among the arguments"};
  }
  return {};
}

/// What is wrong with the placeholders of the command; no message where nothing is.
Error CheckPlaceholders(const PortManifest& manifest) {
  for (const std::string& argument : manifest.start_command) {
    for (const std::string_view name : PlaceholdersIn(argument)) {
      Error error = CheckStartPlaceholder(name, manifest);
      if (error.message.empty()) continue;
      if (manifest.mode != PortManifest::Mode::kExec) {
        error.hint = "only --exec fills them in; braces of another meaning belong into a script";
      }
      return error;
    }
  }
  return CheckSecretIsPlaced(manifest);
}

bool Mentions(const PortManifest& manifest, std::string_view placeholder) {
  return std::ranges::any_of(manifest.start_command, [&](const std::string& argument) {
    const std::vector<std::string_view> names = PlaceholdersIn(argument);
    return std::ranges::find(names, placeholder) != names.end();
  });
}

/// A port as the command line describes it.
struct DescribedPort {
  PortManifest manifest;
  /// Why it is asked one version alone; empty where it is asked all.
  std::string why_version;
};

/// A program that isn't told the version can do only one.
Error ChooseVersion(const std::optional<std::int64_t>& version, DescribedPort& port) {
  const OperationSpec& operation = *port.manifest.operations.front();
  if (version) {
    if (std::ranges::find(operation.versions, *version) == operation.versions.end()) {
      return {"--version: there is no version " + std::to_string(*version) + " of " +
              std::string(operation.name)};
    }
    port.manifest.versions = {*version};
    port.why_version = "as --version says";
  } else if (operation.versions.empty() || Mentions(port.manifest, "version")) {
    return {};
  } else if (Mentions(port.manifest, "region")) {
    port.manifest.versions = {4};
    port.why_version = "{region} but no {version} among the arguments";
  } else {
    return {"neither {region} nor {version} among the arguments",
            {},
            "write {region} where the program takes the region, or give --version 2 where its "
            "passwords have none"};
  }
  return {};
}

Error DescribeExec(const CheckPortOptions& options, DescribedPort& port) {
  PortManifest& manifest = port.manifest;
  manifest.mode = PortManifest::Mode::kExec;
  manifest.strip_newline = true;
  manifest.refusal_exit_code = options.refusal_exit_code;
  if (options.operation.empty()) {
    return {"--exec needs --op", {}, HintOf("", ExecOperations())};
  }
  const OperationSpec* const operation = FindOperation(options.operation);
  if (operation == nullptr || !FitsExec(*operation)) {
    return {"--op: " + Visible(options.operation) +
                (operation == nullptr ? " is no operation" : " can't be done with --exec"),
            {},
            HintOf(options.operation, ExecOperations())};
  }
  manifest.operations = {operation};
  Error error = TakeSecret(options.secret, manifest);
  return error.message.empty() ? ChooseVersion(options.version, port) : error;
}

Result<DescribedPort> Describe(const CheckPortOptions& options) {
  DescribedPort port;
  port.manifest.id = "port";
  port.manifest.folder = std::filesystem::current_path().string();
  port.manifest.start_command = options.command;
  if (options.exec) {
    if (Error error = DescribeExec(options, port); !error.message.empty()) return error;
  }
  if (Error error = CheckPlaceholders(port.manifest); !error.message.empty()) return error;
  return port;
}

/// An ordinary case of each operation, and of each version of it: one that must be computed where
/// there is one.
std::vector<const Case*> SampleOf(const Plan& plan) {
  std::vector<const Case*> sample;
  for (const std::uint32_t index : plan.selected.cases) {
    const Case& c = plan.corpus->cases[index];
    const bool has_version = !c.operation->versions.empty();
    const auto same = std::ranges::find_if(sample, [&](const Case* other) {
      return other->operation == c.operation &&
             (!has_version || other->Integer("version") == c.Integer("version"));
    });
    if (same == sample.end()) {
      sample.push_back(&c);
    } else if ((*same)->requirement != Requirement::kCompute &&
               c.requirement == Requirement::kCompute) {
      *same = &c;
    }
  }
  return sample;
}

/// What a report says of a program that could not be run.
std::vector<Error> Problems(const PortCheck& check) {
  std::vector<Error> problems;
  for (const PortCheckStep& step : check.steps) {
    if (step.state != PortCheckStep::State::kBad) continue;
    const std::string detail = step.detail.empty() ? "" : ": " + step.detail;
    problems.push_back({step.what + detail, {}, step.hint});
  }
  return problems;
}

RunReport Execute(const Plan& plan, const CorpusOptions& corpus,
                  const std::atomic<bool>& interrupted) {
  ProgressLine progress("answers", CountAnswers(plan, 1));
  RunReport report = RunPlan(plan, {.jobs = DefaultJobs(),
                                    .interrupted = &interrupted,
                                    .progress = [&](std::size_t done, std::string_view running) {
                                      progress.Update(done, running);
                                    }});
  DescribeRun(corpus, report);
  return report;
}

PortCheck CheckDescribed(const Port& port, const std::string& why_version, const Plan& plan,
                         const std::atomic<bool>& interrupted) {
  AdoptOrphans();
  PortCheck check = CheckPort(port, SampleOf(plan), &interrupted);
  if (why_version.empty()) return check;
  const std::string version = std::to_string(port.manifest.versions.front());
  check.steps.insert(check.steps.begin(), {PortCheckStep::State::kNote,
                                           "asks version " + version + " alone", why_version});
  return check;
}

/// Says step by step how the port speaks; then, where it does at all, how its answers are.
ExitCode CheckAndRun(DescribedPort described, const CorpusOptions& corpus, Plan& plan,
                     std::vector<RequestedReport>& reports, const std::atomic<bool>& interrupted) {
  const auto port = std::make_shared<const Port>(Port{std::move(described.manifest)});
  const PortCheck check = CheckDescribed(*port, described.why_version, plan, interrupted);
  std::FILE* const stream = StreamForPeople(reports);
  const ConsoleStyle style = StyleOf(stream);
  bool shown = PrintTo(stream, RenderPortCheck(check, style));
  const bool runs = check.can_run && !interrupted;
  if (runs) {
    std::erase_if(plan.selected.cases, [&](std::uint32_t index) {
      return std::ranges::count(check.operations, plan.corpus->cases[index].operation) == 0;
    });
  } else {
    plan.selected.cases.clear();
    plan.problems = Problems(check);
  }
  plan.subjects.push_back(PlanPort(port, "", ""));
  const RunReport report = Execute(plan, corpus, interrupted);
  const bool written = WriteReports(report, reports);
  if (runs) shown = PrintTo(stream, "\n" + RenderConsole(report, style)) && shown;
  return shown && written ? ExitCodeOf(report) : kExitInternal;
}

ExitCode CheckPortCommand(const CheckPortOptions& options) {
  const std::atomic<bool>& interrupted = CatchInterrupts();
  Result<DescribedPort> port = Describe(options);
  if (!port) return Explain(port.error(), kExitUsage);
  Result<std::vector<RequestedReport>> reports = OpenReports(options.reports);
  if (!reports) return Explain(reports.error(), kExitUsage);
  Corpus corpus;
  const ExitCode loaded = LoadCorpusOrExplain(options.corpus, corpus,
                                              {DefaultJobs(), &interrupted, "; nothing was run"});
  if (loaded != kExitOk) return loaded;
  Result<SelectedCases> selected = SelectCases(corpus, options.filters, {}, Contested::kOnAsking);
  if (!selected) return Explain(selected.error(), kExitNothingSelected);
  Plan plan;
  plan.corpus = &corpus;
  plan.selected = *std::move(selected);
  return CheckAndRun(*std::move(port), options.corpus, plan, *reports, interrupted);
}

}  // namespace

void AddCheckPortCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<CheckPortOptions>();
  CLI::App* command = app.add_subcommand(
      "check-port", "Check a program that answers cases, step by step, then run its cases");
  command->add_option("command", options->command, "The program and its arguments, after --")
      ->type_name("-- CMD [ARGS...]")
      ->required();
  CLI::Option* const exec =
      command->add_flag("--exec", options->exec, "One process a case, its output the answer");
  AddOption(*command, "--op", options->operation, "OP", "What it does")->needs(exec);
  AddOption(*command, "--secret", options->secret, "stdin|env:NAME|argv", "How it gets the secret")
      ->capture_default_str()
      ->needs(exec);
  AddOption(*command, "--version", options->version, "N", "The only version of OP that it does")
      ->needs(exec);
  AddOption(*command, "--refusal-exit-code", options->refusal_exit_code, "N",
            "What it ends with where the input is wrong")
      ->check(CLI::Range(1, 255).description(""))
      ->needs(exec);
  AddCorpusOptions(*command, options->corpus);
  AddRepeatable(*command, "--filter", options->filters, "GLOB", "Run only cases that match");
  AddReportOption(*command, options->reports);
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = CheckPortCommand(*options); });
}

}  // namespace sigvet
