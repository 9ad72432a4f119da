#pragma once

#include <string>

#include "harness/run/kill_matrix.h"
#include "reports/report.h"

namespace sigvet {

/// Every defect that can be recognised, by family, and those that no output shows.
std::string RenderDefectList(const ConsoleStyle& style);

/// How many cases detect each defect and the first of them; the defects that none detects; what
/// cases alone detect something.
std::string RenderKillMatrix(const KillMatrix& matrix, const Corpus& corpus,
                             const ConsoleStyle& style);

}  // namespace sigvet
