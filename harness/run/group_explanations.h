#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "diagnosis/defect_search.h"

namespace sigvet {

/// Values that the same defects explain.
struct ExplainedGroup {
  /// Of the first of them.
  Explanation explanation;
  /// Of each of its defects, the values that it is scanned for that show: often one.
  std::vector<std::vector<std::string>> values;
  /// Other explanations that each of the members has, too.
  std::vector<Explanation> alternatives;
  /// Ascending indices.
  std::vector<std::size_t> members;
};

/// Gathers what `explanations` (of each value, all that it has) have in common: again and again the
/// defects that explain most of what is left; of as many, the fewest defects, then those that come
/// first. A defect that is scanned for counts as one whatever its value, where more is explained by
/// that. Values without explanation are in no group.
std::vector<ExplainedGroup> GroupExplanations(
    std::span<const std::vector<Explanation>> explanations);

}  // namespace sigvet
