#pragma once

#include "harness/run/plan.h"
#include "harness/run/run_options.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// Runs the plan and judges every answer: first the backends, on threads of their own, then the
/// ports, from the calling thread. Where a subject can't be made, what its maker throws is thrown.
/// All of the report is filled in but what its caller alone knows: `context.sigvet_version`,
/// `context.system` and the paths in `context`.
RunReport RunPlan(const Plan& plan, const RunOptions& options);

}  // namespace sigvet
