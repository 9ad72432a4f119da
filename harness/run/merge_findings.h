#pragma once

#include <vector>

#include "harness/run/run_report.h"

namespace sigvet {

/// Joins findings of shards, whose indices are those of the whole already: of each subject, what
/// the same mistakes explain becomes one. Mistakes and alternatives of a finding are all sets of
/// mistakes that give each of its values, so that findings are joined as answers are grouped (see
/// GroupExplanations): again and again by the mistakes that explain most results of what is left.
/// Those that explain only an early stage are joined apart. The order is that of AddFindings.
std::vector<RunReport::Finding> MergeFindings(std::vector<RunReport::Finding> findings);

}  // namespace sigvet
