#pragma once

#include <string>
#include <string_view>

#include "harness/run/kill_matrix.h"
#include "reports/report.h"

namespace sigvet {

/// Every defect that can be recognised, by the part of the derivation that it is in, and those that
/// no output shows. `quiet` leaves nothing but the ids, a line each.
std::string RenderDefectList(const ConsoleStyle& style);

/// Whether every defect is detected whose part some case has, and those that are not; then how many
/// of the cases that have its part detect each defect, and the first of them; what cases alone
/// detect something and which detect nothing that others don't. `quiet` leaves the first part
/// alone. `matrix` refers to `corpus.cases`.
std::string RenderKillMatrix(const KillMatrix& matrix, const Corpus& corpus,
                             const ConsoleStyle& style);

/// The defects that some case of `ours` and none of `theirs` detects.
std::string RenderBlindSpots(const KillMatrix& ours, const KillMatrix& theirs,
                             std::string_view their_name, const ConsoleStyle& style);

}  // namespace sigvet
