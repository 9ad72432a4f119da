#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/corpus_options.h"
#include "cli/messages.h"

namespace sigvet {
namespace {

ExitCode CheckCorpus(const CorpusOptions& options) {
  Corpus corpus;
  const ExitCode loaded = LoadCorpusOrExplain(options, corpus);
  if (loaded != kExitOk) return loaded;
  return PrintOutput("no errors: " + Count(corpus.cases.size(), "case") + " in " +
                     Count(corpus.files.size(), "file") + ", digest " + corpus.digest + "\n");
}

}  // namespace

void AddCheckCorpusCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<CorpusOptions>();
  CLI::App* command =
      app.add_subcommand("check-corpus", "Check corpus files and name every error, without a run");
  command->add_option("PATH", options->paths,
                      "Files or folders; the built-in corpus where there is none");
  AddSuiteOption(*command, *options);
  command->footer(
      "Example:\n  sigvet check-corpus vectors/\n\nExit codes: 0 no errors, 65 errors.");
  command->callback([options, &exit_code] { exit_code = CheckCorpus(*options); });
}

}  // namespace sigvet
