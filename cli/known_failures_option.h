#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/run/known_failures.h"

namespace sigvet {

/// Reads known-failures files. Where anything is wrong every error goes to stderr and there is
/// none.
std::optional<std::vector<KnownFailure>> ReadKnownFailuresOrExplain(
    const std::vector<std::string>& paths);

}  // namespace sigvet
