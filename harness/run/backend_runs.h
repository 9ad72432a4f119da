#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "harness/run/answer_sheet.h"
#include "harness/run/plan.h"
#include "harness/run/run_options.h"

namespace sigvet {

/// Asks every subject of the plan that runs in this process all selected cases, in the order
/// `order` of their numbers, on `options.jobs` threads, each of which makes subjects of its own.
/// `answers_before` were given in earlier rounds. Where a subject can't be made, what its maker
/// throws is thrown.
void RunBackends(const Plan& plan, const RunOptions& options, std::span<const std::uint32_t> order,
                 std::size_t answers_before, AnswerSheet& sheet);

}  // namespace sigvet
