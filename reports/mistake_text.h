#pragma once

#include <string>
#include <vector>

#include "harness/run/run_report.h"

namespace sigvet {

/// The sentences of mistakes that are made together, as one: "..., and ...". Printable.
std::string SentenceOf(const std::vector<RunReport::Mistake>& mistakes);

/// What to do about them, "; " between them; each thing once. Printable.
std::string RemedyOf(const std::vector<RunReport::Mistake>& mistakes);

/// That not the program is wrong but its secret, as in "your port is right, its secret is not";
/// empty where the program is wrong.
std::string SecretNote(const RunReport& report, const RunReport::Finding& finding);

/// The finding that explains `result`, or null. A disputed case has none: it is a matter of the
/// case and of all backends.
const RunReport::Finding* FindingOf(const RunReport& report, const RunReport::CaseResult& result);

/// That a finding explains an early stage alone: "its canonical_request; what comes after is wrong
/// for another reason too". Empty where it explains all.
std::string OnlyStageNote(const RunReport::Finding& finding);

}  // namespace sigvet
