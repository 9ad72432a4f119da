#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bench/gate.h"

namespace sigvet {

/// The longest policy file, in bytes.
inline constexpr std::size_t kMaxGatePolicyBytes = std::size_t{1} << 20;
/// The most rules of a policy: each is held against every series.
inline constexpr std::size_t kMaxGateRules = 1000;

/// Below the least threshold nothing but noise is found.
inline constexpr double kLeastThreshold = 0.01;
/// 100 %: a larger number was meant as a percentage.
inline constexpr double kMostThreshold = 1;
/// kLeastRepetitions on each side can't be less probable than 1 / 48,620 by chance: below the least
/// significance nothing would ever be a regression.
inline constexpr double kLeastSignificance = 0.0001;
inline constexpr double kMostSignificance = 0.1;

struct ParsedGatePolicy {
  /// Whole where there are no errors.
  GatePolicy policy;
  /// All that is wrong, with places, in the order of the file.
  std::vector<Error> errors;
};

/// Reads a policy; docs/gating-speed.md describes it. `file` as messages show it. Pure and
/// thread-safe.
ParsedGatePolicy ParseGatePolicy(const std::string& file, std::string_view text);

}  // namespace sigvet
