#pragma once

#include <span>
#include <string>
#include <vector>

#include "diagnosis/defect_search.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// A defect in words. `values` are all that it was scanned for, in any order; empty ones don't
/// count. Of more than kMostMistakeValues only the first ones in their order are kept.
RunReport::Mistake MistakeOf(const Defect& defect, std::vector<std::string> values,
                             Product product);

/// The same mistake of several answers, found apart: with the values of all of them. `mistakes`
/// must not be empty, and have the same defect.
RunReport::Mistake JoinMistakes(std::span<const RunReport::Mistake* const> mistakes);

}  // namespace sigvet
