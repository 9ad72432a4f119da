#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/corpus_options.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/publish.h"
#include "harness/run/kill_matrix.h"
#include "harness/run/plan.h"
#include "reports/defects_text.h"

namespace sigvet {
namespace {

constexpr const char* kFooter =
    R"(The mistakes that sigvet recognises in what comes out, by the part that they are
in; and those that nothing which comes out can show, with the reason.

With --kill-matrix every case is derived with each of these mistakes: a case that
then gives another value detects it. Beside the cases of --suite or --corpus stands
what they miss and the built-in ones detect.

Examples:
  sigvet defects
  sigvet defects --kill-matrix
  sigvet defects --kill-matrix --filter ses
  sigvet defects --kill-matrix --suite aws-sig-v4:aws-c-auth/tests/aws-signing-test-suite/v4

Exit codes: 0 every mistake that some case could show is detected, 1 one is not,
2 usage, 4 nothing selected, 65 bad corpus, 70 internal error.)";

struct DefectsOptions {
  bool kill_matrix = false;
  CorpusOptions corpus;
  std::vector<std::string> filters;
  bool quiet = false;

  bool is_built_in() const { return corpus.paths.empty() && corpus.suites.empty(); }
};

/// A corpus, and which of its cases detect what.
struct Detection {
  Corpus corpus;
  KillMatrix matrix;
};

ExitCode Detect(const CorpusOptions& corpus, const std::vector<std::string>& filters,
                Detection& detection) {
  const ExitCode loaded = LoadCorpusOrExplain(corpus, detection.corpus);
  if (loaded != kExitOk) return loaded;
  // Also contested cases: what they detect is seen by whoever asks for them.
  const auto selected = SelectCases(detection.corpus, filters, {}, Contested::kAll);
  if (!selected) return Explain(selected.error(), kExitNothingSelected);
  detection.matrix = MakeKillMatrix(detection.corpus, selected->cases, DefaultJobs());
  return kExitOk;
}

/// What a reader knows the cases by that were given.
std::string NameOf(const Corpus& corpus) {
  return corpus.suites.size() == 1 ? corpus.suites.front().name : "the cases given";
}

bool DetectsAll(const KillMatrix& matrix) {
  return std::ranges::none_of(matrix.rows, [](const KillMatrix::Row& row) {
    return row.applicable > 0 && row.killed_by.empty();
  });
}

ExitCode ShowMatrix(const DefectsOptions& options, const ConsoleStyle& style) {
  Detection given;
  ExitCode ended = Detect(options.corpus, options.filters, given);
  if (ended != kExitOk) return ended;
  std::string text = RenderKillMatrix(given.matrix, given.corpus, style);
  if (!options.is_built_in()) {
    Detection built_in;
    ended = Detect({}, {}, built_in);
    if (ended != kExitOk) return ended;
    text += "\n" + RenderBlindSpots(built_in.matrix, given.matrix, NameOf(given.corpus), style);
  }
  if (!PrintTo(stdout, text)) return kExitInternal;
  return DetectsAll(given.matrix) ? kExitOk : kExitNotConformant;
}

ExitCode Defects(const DefectsOptions& options) {
  ConsoleStyle style = StyleOf(stdout);
  style.quiet = options.quiet;
  if (options.kill_matrix) return ShowMatrix(options, style);
  if (!options.is_built_in() || !options.filters.empty()) {
    return Explain(
        {"--corpus, --suite and --filter choose cases for --kill-matrix", {}, "add --kill-matrix"},
        kExitUsage);
  }
  return PrintOutput(RenderDefectList(style));
}

}  // namespace

void AddDefectsCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<DefectsOptions>();
  CLI::App* command = app.add_subcommand(
      "defects", "List the mistakes that are recognised, and which cases detect which");
  command->add_flag("--kill-matrix", options->kill_matrix, "Which cases detect which mistakes");
  AddCorpusOptions(*command, options->corpus);
  AddRepeatable(*command, "--filter", options->filters, "GLOB", "Take only cases that match");
  command->add_flag("--quiet", options->quiet, "Ids alone; of the matrix, what no case detects");
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = Defects(*options); });
}

}  // namespace sigvet
