#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/bench_report.h"

namespace sigvet {

/// Why ratios of two runs have nothing to do with each other, with what would be right; none where
/// they have: other CPU features, kernel, masks, kind of build, or another version of the library
/// of `reference`, which is a contender. Pure and thread-safe.
std::optional<Error> CheckContexts(const BenchContext& baseline, const BenchContext& candidate,
                                   const std::string& reference);

/// What makes a comparison of them less certain, in a line each: another model of CPU, compiler,
/// corpus or version of a library. Pure and thread-safe.
std::vector<std::string> NotesOf(const BenchContext& baseline, const BenchContext& candidate);

}  // namespace sigvet
