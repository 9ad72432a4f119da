#include <CLI/CLI.hpp>
#include <cstddef>
#include <exception>
#include <string>
#include <vector>

#include "backends/builtin/sha256_kernel_choice.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/subject_rows.h"
#include "cli/usage.h"
#include "cli/version.h"

namespace sigvet {
namespace {

constexpr const char* kDescription =
    "sigvet vets implementations of Amazon SES SMTP passwords and AWS Signature Version 4:\n"
    "it runs crypto backends and ports in any language over a corpus of cases, and names the\n"
    "first wrong stage where one is not.";

constexpr const char* kFooter = R"(Examples:
  sigvet run                               every backend over every case
  sigvet run --ports all                   ports in every language
  sigvet check-port -- python3 mine.py     whether a program of yours is right
  sigvet show ses/published/rust-sample    one case with every stage
  sigvet password --region us-east-1       an SMTP password for your secret
  sigvet sign --region R --service S URL   the headers that sign a request
  sigvet verify request.txt                whether a signed request is valid, or why not
  sigvet diagnose ... --got PASSWORD       which mistake made a wrong password or signature
  sigvet diff old.json new.json            what a change broke and what it fixed
  sigvet bench --choose                    which backend is the fastest for what

Exit codes: 0 all as expected, 1 not conformant, 2 usage, 3 regression,
4 nothing selected, 65 bad corpus, port.yaml, results or policy, 70 internal error,
130 interrupted.)";

/// The commands, in the groups that --help shows.
void AddCommands(CLI::App& app, ExitCode& exit_code) {
  using AddCommand = void (*)(CLI::App& app, ExitCode& exit_code);
  struct Group {
    const char* name;
    std::vector<AddCommand> commands;
  };
  const Group groups[] = {
      {"Checking",
       {AddRunCommand, AddCheckPortCommand, AddListCommand, AddShowCommand, AddCheckCorpusCommand,
        AddGenerateCommand, AddDefectsCommand}},
      {"Results", {AddReportCommand, AddMergeCommand, AddDiffCommand}},
      {"Passwords and signatures",
       {AddPasswordCommand, AddSignCommand, AddVerifyCommand, AddDiagnoseCommand}},
      {"Speed", {AddBenchCommand, AddGateCommand}},
  };
  for (const Group& group : groups) {
    for (const AddCommand add : group.commands) {
      add(app, exit_code);
      CLI::App* const command = app.get_subcommands(nullptr).back();
      command->group(group.name);
      // One word an idea: the library's help would call them "subcommands".
      for (CLI::App* inner : command->get_subcommands(nullptr)) inner->group("Commands");
    }
  }
}

/// The version, and that of every library that this program is built with.
std::string VersionText() {
  std::string text = "sigvet " + std::string(kVersion) + "\n" + RenderRows(BackendRows());
  text.pop_back();
  return text;
}

/// No command may run on another kernel than the one that was asked for.
void RequireKernel() {
  const auto kernel = ChosenSha256Kernel();
  if (!kernel.ok()) throw CLI::RuntimeError(Explain(kernel.error(), kExitUsage));
}

ExitCode Main(int argc, char** argv) {
  CLI::App app(kDescription, "sigvet");
  app.set_version_flag("--version", VersionText);
  app.footer(kFooter);
  app.require_subcommand(1);
  app.parse_complete_callback([&app] {  // before the command, behind --help
    if (!app.got_subcommand(kCompleteCommand)) RequireKernel();
  });
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  ExitCode exit_code = kExitOk;
  AddCommands(app, exit_code);
  AddCompleteCommand(app, {argv, static_cast<std::size_t>(argc)}, exit_code);
  const ExitCode parsed = ParseArguments(app, argc, argv);
  return parsed == kExitOk ? exit_code : parsed;
}

}  // namespace
}  // namespace sigvet

int main(int argc, char** argv) {
  try {
    return sigvet::Main(argc, argv);
  } catch (const std::exception& error) {
    return sigvet::Explain({std::string("internal error: ") + error.what()}, sigvet::kExitInternal);
  }
}
