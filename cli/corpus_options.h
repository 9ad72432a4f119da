#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"
#include "cli/options.h"
#include "harness/corpus/case.h"

namespace sigvet {

/// Adds `--corpus PATH`, which may be repeated.
void AddCorpusOption(CLI::App& command, std::vector<std::string>& paths);

struct CorpusLoading {
  unsigned jobs = DefaultJobs();
  /// Ends the loading once it is true. May be null.
  const std::atomic<bool>* interrupted = nullptr;
  /// What a line that says why there is no corpus ends with.
  std::string_view consequence = {};
};

/// Fills `corpus` with the cases of `paths`, or with the built-in ones where there is none. Where
/// that fails stderr says why, with every error of the corpus, and the program is to end with what
/// this returns; else that is kExitOk.
ExitCode LoadCorpusOrExplain(const std::vector<std::string>& paths, Corpus& corpus,
                             const CorpusLoading& loading = {});

}  // namespace sigvet
