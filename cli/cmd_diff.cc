#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/publish.h"
#include "cli/results_file.h"
#include "harness/run/compare_runs.h"
#include "reports/diff_text.h"

namespace sigvet {
namespace {

constexpr const char* kFooter =
    R"(OLD and NEW are what sigvet run --report json=FILE wrote, or sigvet merge; one of them may
be - for stdin. Results are those of the same subject on the same case, by their ids. An
expected fail counts as passed. What fails:

  newly failing   it passed before
  newly run       it was not run before; where it fails, that is a regression too
  fixed           it failed before
  still failing   also before; it is said where that is in another way now
  no longer run   its case or subject is gone, or it was skipped; no regression

A problem of a run as a whole, as with a port that can't start, is a regression where the
old run had none such.

Examples:
  sigvet run --report json=old.json             with the old version
  sigvet run --report json=new.json             with the new one
  sigvet diff old.json new.json
  sigvet report new.json                        each failure of the new run in full

Exit codes: 0 nothing newly fails, 2 usage or a file that can't be read, 3 something does,
4 the runs have no answer in common, 65 no results of a run, 70 internal error.)";

struct DiffOptions {
  std::string old_path;
  std::string new_path;
};

ExitCode DiffCommand(const DiffOptions& options) {
  if (options.old_path == "-" && options.new_path == "-") {
    return Explain({"only one input can come from stdin", {}, "give the other as a file"},
                   kExitUsage);
  }
  RunReport old_run;
  RunReport new_run;
  // Both, so that the errors of both are told.
  const ExitCode old_read = ReadRunOrExplain(options.old_path, old_run);
  const ExitCode new_read = ReadRunOrExplain(options.new_path, new_run);
  if (old_read != kExitOk) return old_read;
  if (new_read != kExitOk) return new_read;
  const RunDiff diff = CompareRuns(old_run, new_run);
  if (!PrintTo(stdout, RenderDiff(diff, old_run, new_run, StyleOf(stdout)))) return kExitInternal;
  if (diff.HasRegression()) return kExitRegression;
  return diff.Compared() == 0 ? kExitNothingSelected : kExitOk;
}

}  // namespace

void AddDiffCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* command = app.add_subcommand("diff", "What changed from one run to another");
  command->add_option("OLD", options->old_path, "The results of before")->required()->type_name("");
  command->add_option("NEW", options->new_path, "The results of now")->required()->type_name("");
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = DiffCommand(*options); });
}

}  // namespace sigvet
