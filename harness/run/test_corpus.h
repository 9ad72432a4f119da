#pragma once

#include <functional>
#include <string>

#include "harness/corpus/case.h"
#include "harness/run/plan.h"

namespace sigvet {

/// A corpus of base64-encode cases named `s/one` ... and `t/one` ..., `per_suite` in each suite,
/// that expect the text "right".
Corpus MakeTestCorpus(int per_suite = 3);

/// An answer to a base64-encode case.
Answer TestOutput(const Case& c, std::string text);

/// A subject of kind "backend" that answers by `evaluate`, which must be thread-safe.
PlannedSubject MakeTestSubject(std::string id, std::function<Answer(const Case&)> evaluate);

/// All cases of `corpus` on `subjects`.
Plan MakeTestPlan(const Corpus& corpus, std::vector<PlannedSubject> subjects);

}  // namespace sigvet
