#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "harness/corpus/case.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {

/// Which cases to use, as given on the command line. The built-in ones where nothing was given.
struct CorpusOptions {
  /// Corpus files and folders.
  std::vector<std::string> paths;
  /// Suites of others, as FORMAT:DIR.
  std::vector<std::string> suites;
};

/// Adds `--corpus PATH` and `--suite FORMAT:DIR`, which may be repeated.
void AddCorpusOptions(CLI::App& command, CorpusOptions& options);

/// Adds `--suite` alone.
void AddSuiteOption(CLI::App& command, CorpusOptions& options);

/// The files that `options` ask for, which are not read yet; the error is one of usage.
Result<FoundFiles> FindSources(const CorpusOptions& options);

struct CorpusLoading {
  unsigned jobs = DefaultJobs();
  /// Ends the loading once it is true. May be null.
  const std::atomic<bool>* interrupted = nullptr;
  /// What a line that says why there is no corpus ends with.
  std::string_view consequence = {};
  /// Whose cases are loaded, and where the files of other shards are put; null where it is all.
  Shard shard = {};
  std::vector<FileElsewhere>* elsewhere = nullptr;
};

/// Fills `corpus` with the cases that `options` ask for. Where that fails stderr says why, with
/// every error of the corpus, and the program is to end with what this returns; else that is
/// kExitOk.
ExitCode LoadCorpusOrExplain(const CorpusOptions& options, Corpus& corpus,
                             const CorpusLoading& loading = {});

}  // namespace sigvet
