#include <CLI/CLI.hpp>
#include <exception>
#include <string>

#include "backends/builtin/sha256_kernel_choice.h"
#include "cli/commands.h"
#include "cli/messages.h"
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
  sigvet bench --choose                    which backend is the fastest for what

Exit codes: 0 all as expected, 1 not conformant, 2 usage, 3 regression,
4 nothing selected, 65 bad corpus, port.yaml, results or policy, 70 internal error,
130 interrupted.)";

/// One word an idea: the library's help would call commands "subcommands".
void NameGroups(CLI::App& app) {
  for (CLI::App* command : app.get_subcommands(nullptr)) {
    command->group("Commands");
    NameGroups(*command);
  }
}

/// No command may run on another kernel than the one that was asked for.
void RequireKernel() {
  const auto kernel = ChosenSha256Kernel();
  if (!kernel.ok()) throw CLI::RuntimeError(Explain(kernel.error(), kExitUsage));
}

ExitCode Main(int argc, char** argv) {
  CLI::App app(kDescription, "sigvet");
  app.set_version_flag("--version", "sigvet " + std::string(kVersion));
  app.footer(kFooter);
  app.require_subcommand(1);
  app.parse_complete_callback(RequireKernel);  // before the command, behind --help
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  ExitCode exit_code = kExitOk;
  AddRunCommand(app, exit_code);
  AddListCommand(app, exit_code);
  AddShowCommand(app, exit_code);
  AddCheckCorpusCommand(app, exit_code);
  AddCheckPortCommand(app, exit_code);
  AddPasswordCommand(app, exit_code);
  AddSignCommand(app, exit_code);
  AddVerifyCommand(app, exit_code);
  AddDiagnoseCommand(app, exit_code);
  AddDefectsCommand(app, exit_code);
  AddBenchCommand(app, exit_code);
  AddGateCommand(app, exit_code);
  NameGroups(app);
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
