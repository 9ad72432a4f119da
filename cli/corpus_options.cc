#include "cli/corpus_options.h"

#include <memory>
#include <string_view>
#include <utility>

#include "backends/backend_registry.h"
#include "base/check.h"
#include "cli/messages.h"
#include "cli/options.h"
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

std::optional<Corpus> LoadCorpusOrExplain(const std::vector<std::string>& paths, unsigned jobs) {
  if (const BackendResult hasher = MakeAnyBackend(); !hasher) {
    PrintError(hasher.error());
    return std::nullopt;
  }
  const auto make_hasher = [] { return MakeAnyBackend().value(); };
  Result<std::vector<CorpusSource>> sources =
      paths.empty() ? BuiltInCorpus() : FindCorpusFiles(paths);
  if (!sources) {
    PrintError(sources.error());
    return std::nullopt;
  }
  LoadedCorpus loaded = LoadCorpus(*sources, make_hasher, jobs);
  if (loaded.errors.empty()) return std::move(loaded.corpus);
  for (const Error& error : loaded.errors) PrintError(error);
  PrintError({Count(loaded.errors.size(), "error") + " in the corpus; nothing was run"});
  return std::nullopt;
}

}  // namespace sigvet
