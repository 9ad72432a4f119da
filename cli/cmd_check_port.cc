#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/corpus_options.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "harness/port/check_port.h"
#include "harness/port/process.h"
#include "harness/run/plan.h"
#include "harness/run/runner.h"
#include "harness/run/verdicts.h"
#include "reports/port_check_text.h"

namespace sigvet {
namespace {

constexpr const char* kFooter = R"(Examples:
  sigvet check-port -- python3 my_port.py
  sigvet check-port --filter ses -- ./my-port --verbose
  sigvet check-port --exec --op ses-smtp-password --secret stdin -- ./my-tool '{region}'

A program answers line by line (docs/port-protocol.md). With --exec it is started once for every
case, and its standard output is the answer: {region}, {version}, {date} and {service} in its
arguments stand for the case's values. One line break at the end of the answer is not counted.

Exit codes: 0 a good port, 1 not, 2 usage, 4 nothing selected, 65 bad corpus, 70 internal error,
130 interrupted.)";

struct CheckPortOptions {
  std::vector<std::string> command;
  bool exec = false;
  std::string operation;
  std::string secret = "env:AWS_SECRET_ACCESS_KEY";
  std::optional<int> refusal_exit_code;
  CorpusOptions corpus;
  std::vector<std::string> filters;
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
  } else {
    return {"--secret: " + Visible(word) + " is no way to hand over a secret",
            {},
            "stdin, env:NAME, or argv with {secret} among the arguments"};
  }
  return {};
}

bool Mentions(const PortManifest& manifest, std::string_view placeholder) {
  return std::ranges::any_of(manifest.start_command, [&](const std::string& argument) {
    return argument.find(placeholder) != std::string::npos;
  });
}

/// A program that isn't told the version can do only one: 4 where it takes a region, else 2.
std::vector<std::int64_t> VersionsOf(const PortManifest& manifest) {
  if (manifest.operations.front()->versions.empty() || Mentions(manifest, "{version}")) return {};
  return {Mentions(manifest, "{region}") ? 4 : 2};
}

/// The manifest that the command line describes.
Result<PortManifest> Describe(const CheckPortOptions& options) {
  PortManifest manifest;
  manifest.id = "port";
  manifest.folder = std::filesystem::current_path().string();
  manifest.start_command = options.command;
  if (!options.exec) return manifest;
  manifest.mode = PortManifest::Mode::kExec;
  manifest.strip_newline = true;
  manifest.refusal_exit_code = options.refusal_exit_code;
  if (options.operation.empty()) {
    return Error{"--exec needs --op", {}, "as in --op ses-smtp-password"};
  }
  manifest.operations = {FindOperation(options.operation)};
  const Error error = TakeSecret(options.secret, manifest);
  if (!error.message.empty()) return error;
  manifest.versions = VersionsOf(manifest);
  return manifest;
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

ExitCode RunAndPrint(const Plan& plan, const std::atomic<bool>& interrupted) {
  RunReport report;
  {
    ProgressLine progress("answers", CountAnswers(plan, 1));
    report = RunPlan(plan, {.jobs = DefaultJobs(),
                            .interrupted = &interrupted,
                            .progress = [&](std::size_t done, std::string_view running) {
                              progress.Update(done, running);
                            }});
  }
  const Terminal terminal = DetectTerminal(stdout);
  const std::string text =
      RenderConsole(report, {.color = terminal.color, .width = terminal.width});
  if (!PrintTo(stdout, "\n" + text)) return kExitInternal;
  if (report.context.interrupted) return kExitInterrupted;
  return IsConformant(report) ? kExitOk : kExitNotConformant;
}

/// Says step by step how the port speaks; then, where it does at all, how its answers are.
ExitCode CheckAndRun(PortManifest manifest, Plan& plan, const std::atomic<bool>& interrupted) {
  AdoptOrphans();
  const auto port = std::make_shared<const Port>(Port{std::move(manifest)});
  const PortCheck check = CheckPort(*port, SampleOf(plan), &interrupted);
  const Terminal terminal = DetectTerminal(stdout);
  const ConsoleStyle style = {.color = terminal.color, .width = terminal.width};
  if (!PrintTo(stdout, RenderPortCheck(check, style))) return kExitInternal;
  if (interrupted) return kExitInterrupted;
  if (!check.can_run) return kExitNotConformant;
  std::erase_if(plan.selected.cases, [&](std::uint32_t index) {
    return std::ranges::count(check.operations, plan.corpus->cases[index].operation) == 0;
  });
  plan.subjects.push_back(PlanPort(port, "", ""));
  return RunAndPrint(plan, interrupted);
}

ExitCode CheckPortCommand(const CheckPortOptions& options) {
  const std::atomic<bool>& interrupted = CatchInterrupts();
  Result<PortManifest> manifest = Describe(options);
  if (!manifest) return Explain(manifest.error(), kExitUsage);
  Corpus corpus;
  const ExitCode loaded = LoadCorpusOrExplain(options.corpus, corpus,
                                              {DefaultJobs(), &interrupted, "; nothing was run"});
  if (loaded != kExitOk) return loaded;
  Result<SelectedCases> selected = SelectCases(corpus, options.filters, {}, Contested::kOnAsking);
  if (!selected) return Explain(selected.error(), kExitNothingSelected);
  Plan plan;
  plan.corpus = &corpus;
  plan.selected = *std::move(selected);
  return CheckAndRun(*std::move(manifest), plan, interrupted);
}

}  // namespace

void AddCheckPortCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<CheckPortOptions>();
  CLI::App* command = app.add_subcommand(
      "check-port", "Check a program that answers cases, step by step, then run its cases");
  command->add_option("command", options->command, "The program and its arguments, after --")
      ->type_name("-- CMD [ARGS...]")
      ->required();
  command->add_flag("--exec", options->exec, "One process a case, its output the answer");
  std::vector<std::string> names;
  for (const OperationSpec& operation : AllOperations()) names.emplace_back(operation.name);
  AddOption(*command, "--op", options->operation, "OP", "What it does; with --exec alone")
      ->check(CLI::IsMember(names).description(""));
  AddOption(*command, "--secret", options->secret, "stdin|env:NAME|argv",
            "How it gets the secret; with --exec alone")
      ->capture_default_str();
  AddOption(*command, "--refusal-exit-code", options->refusal_exit_code, "N",
            "What it ends with where the input is wrong; with --exec alone")
      ->check(CLI::Range(1, 255).description(""));
  AddCorpusOptions(*command, options->corpus);
  AddRepeatable(*command, "--filter", options->filters, "GLOB", "Run only cases that match");
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = CheckPortCommand(*options); });
}

}  // namespace sigvet
