#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "harness/corpus/case.h"
#include "harness/run/plan.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// The stages that were answered wrongly, by index into RunReport::results.
using WrongAnswers = std::map<std::uint32_t, std::vector<StageValue>>;

/// How many of a subject's failures are searched for pairs of defects, where the defects of its
/// other failures and single ones have not explained them: each takes up to a second. Fewer where
/// several searches for an operation have been in vain.
inline constexpr std::size_t kMostDeepSearches = 8;

/// Says which defects explain the wrong answers of each subject, and gathers those that the same
/// ones explain: fills in RunReport::findings, CaseResult::finding and RunReport::not_searched, and
/// gives a failure that stays unexplained and has no hint what the form of its value says. Results
/// of other verdicts than kFail are left alone. Uses `jobs` threads; subjects and cases are taken
/// in the report's order, so that the outcome depends on no timing. `is_interrupted`, which is
/// called on any thread, ends it early. A backend that fails ends it without findings.
void AddFindings(const Plan& plan, const WrongAnswers& wrong_answers, unsigned jobs,
                 const std::function<bool()>& is_interrupted, RunReport& report);

}  // namespace sigvet
