#pragma once

#include <span>
#include <string>
#include <vector>

#include "bench/compare.h"

// Which backend to take, in words. All of it is printable text.

namespace sigvet {

/// The best for a workload, as a row of a table names them: "openssl and builtin".
std::string BestOf(const BenchChoice& choice);

/// What stands behind their names: by how much they are the best, or that they are equal.
std::string ReasonOf(const BenchChoice& choice);

/// "builtin for all but sha256/1048576, where builtin and openssl are equal"; where there are more
/// exceptions, a line for each after the first one. Empty where there is no choice.
std::vector<std::string> OverallAnswer(std::span<const BenchChoice> choices);

}  // namespace sigvet
