#include "cli/corpus_options.h"

#include <string>
#include <string_view>
#include <utility>

#include "backends/backend_registry.h"
#include "cli/messages.h"
#include "cli/progress.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {
namespace {

std::string Count(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

}  // namespace

void AddCorpusOption(CLI::App& command, std::vector<std::string>& paths) {
  AddRepeatable(
      command, "--corpus", paths, "PATH",
      "Use this file, or the .yaml files below this folder, in place of the built-in cases");
}

ExitCode LoadCorpusOrExplain(const std::vector<std::string>& paths, Corpus& corpus,
                             const CorpusLoading& loading) {
  if (const BackendResult hasher = MakeAnyBackend(); !hasher) {
    return Explain(hasher.error(), kExitInternal);
  }
  const auto make_hasher = [] {
    BackendResult hasher = MakeAnyBackend();
    return hasher ? std::move(hasher).value() : nullptr;
  };
  FoundFiles found;
  if (paths.empty()) {
    found.sources = BuiltInCorpus();
  } else {
    found = FindCorpusFiles(paths);
  }
  LoadedCorpus loaded;
  {
    ProgressLine progress("files", found.sources.size());
    loaded = LoadCorpus(found.sources, make_hasher,
                        {.jobs = loading.jobs,
                         .interrupted = loading.interrupted,
                         .progress = [&](std::size_t done) { progress.Update(done); }});
  }
  if (loaded.interrupted) {
    return Explain({"interrupted while the corpus was loaded" + std::string(loading.consequence)},
                   kExitInterrupted);
  }
  for (const Error& error : found.errors) PrintError(error);
  for (const Error& error : loaded.errors) PrintError(error);
  const std::size_t errors = found.errors.size() + loaded.errors.size();
  if (errors == 0) {
    corpus = std::move(loaded.corpus);
    return kExitOk;
  }
  return Explain({(loaded.more_errors ? "more than " : "") + Count(errors, "error") +
                  " in the corpus" + std::string(loading.consequence)},
                 kExitBadCorpus);
}

}  // namespace sigvet
