#include "cli/corpus_options.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "backends/backend_registry.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "cli/messages.h"
#include "cli/progress.h"
#include "harness/corpus/aws_sig_v4_suite.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {
namespace {

/// Every suite is of the one format that there is.
constexpr std::string_view kSuiteFormats[] = {kAwsSigV4Suite};

/// The folder of a suite that is given as FORMAT:DIR.
Result<std::string> SuiteFolder(const std::string& suite) {
  const std::size_t colon = suite.find(':');
  if (colon == suite.npos || colon + 1 == suite.size()) {
    return Error{"--suite " + Visible(suite) + " is not FORMAT:DIR", {}, "as in aws-sig-v4:v4"};
  }
  const std::string format = suite.substr(0, colon);
  if (std::ranges::find(kSuiteFormats, format) == std::end(kSuiteFormats)) {
    const std::string hint = DidYouMean(format, kSuiteFormats);
    return Error{"unknown suite format " + Visible(format),
                 {},
                 hint.empty() ? "known: " + std::string(kAwsSigV4Suite) : hint};
  }
  return suite.substr(colon + 1);
}

}  // namespace

Result<FoundFiles> FindSources(const CorpusOptions& options) {
  std::vector<std::string> folders;
  for (const std::string& suite : options.suites) {
    Result<std::string> folder = SuiteFolder(suite);
    if (!folder) return folder.error();
    folders.push_back(*std::move(folder));
  }
  if (options.paths.empty() && options.suites.empty()) return FoundFiles{BuiltInCorpus(), {}};
  FoundFiles found = FindCorpusFiles(options.paths);
  FoundFiles imported = FindAwsSigV4Cases(folders);
  std::ranges::move(imported.sources, std::back_inserter(found.sources));
  std::ranges::move(imported.errors, std::back_inserter(found.errors));
  return found;
}

void AddCorpusOptions(CLI::App& command, CorpusOptions& options) {
  AddRepeatable(
      command, "--corpus", options.paths, "PATH",
      "Use this file, or the .yaml files below this folder, in place of the built-in cases");
  AddSuiteOption(command, options);
}

void AddSuiteOption(CLI::App& command, CorpusOptions& options) {
  AddRepeatable(command, "--suite", options.suites, "FORMAT:DIR",
                "Use the cases of a suite as its makers publish it; the format is aws-sig-v4");
}

ExitCode LoadCorpusOrExplain(const CorpusOptions& options, Corpus& corpus,
                             const CorpusLoading& loading) {
  if (const BackendResult hasher = MakeAnyBackend(); !hasher) {
    return Explain(hasher.error(), kExitInternal);
  }
  const auto make_hasher = [] {
    BackendResult hasher = MakeAnyBackend();
    return hasher ? std::move(hasher).value() : nullptr;
  };
  const Result<FoundFiles> found = FindSources(options);
  if (!found) return Explain(found.error(), kExitUsage);
  LoadedCorpus loaded;
  {
    ProgressLine progress("files", found->sources.size());
    loaded = LoadCorpus(found->sources, make_hasher,
                        {.jobs = loading.jobs,
                         .interrupted = loading.interrupted,
                         .shard = loading.shard,
                         .progress = [&](std::size_t done) { progress.Update(done); }});
  }
  if (loaded.interrupted) {
    return Explain({"interrupted while the corpus was loaded" + std::string(loading.consequence)},
                   kExitInterrupted);
  }
  for (const Error& error : found->errors) PrintError(error);
  for (const Error& error : loaded.errors) PrintError(error);
  const std::size_t errors = found->errors.size() + loaded.errors.size();
  if (errors == 0) {
    corpus = std::move(loaded.corpus);
    if (loading.elsewhere != nullptr) *loading.elsewhere = std::move(loaded.elsewhere);
    return kExitOk;
  }
  return Explain({(loaded.more_errors ? "more than " : "") + Count(errors, "error") +
                  " in the corpus" + std::string(loading.consequence)},
                 kExitBadCorpus);
}

}  // namespace sigvet
