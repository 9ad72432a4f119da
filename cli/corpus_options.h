#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "harness/corpus/case.h"

namespace sigvet {

/// Adds `--corpus PATH`, which may be repeated.
void AddCorpusOption(CLI::App& command, std::vector<std::string>& paths);

/// The cases of `paths`, or the built-in corpus where there is none, loaded on up to `jobs`
/// threads. Where anything is wrong every error goes to stderr and there is no corpus:
/// kExitBadCorpus.
std::optional<Corpus> LoadCorpusOrExplain(const std::vector<std::string>& paths,
                                          unsigned jobs = DefaultJobs());

}  // namespace sigvet
