#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/corpus/case.h"
#include "harness/run/run_report.h"
#include "harness/subject/subject.h"

namespace sigvet {

struct Judgement {
  /// kPass, kFail, kError or kSkip.
  Verdict verdict = Verdict::kPass;
  /// Absent where the verdict is kPass.
  std::optional<Failure> failure;
};

/// Compares an answer with what the case requires, stage by stage in the operation's order. A stage
/// that either side does not give is not compared, but the last one must be there. Values are
/// compared by what they mean: see FindDifference. The failure of a contested case says whose
/// signature the answer has.
Judgement Judge(const Case& c, const Answer& answer);

/// The value of `stage` in `stages`, or null.
const std::string* FindStage(const std::vector<StageValue>& stages, const FieldSpec* stage);

/// A failure in `stage`, a stage of the case's operation: its name, its number among the stages
/// that the case uses, and how many these are.
Failure FailureInStage(const Case& c, const FieldSpec& stage);

/// What a report keeps of a value: of one that is far longer than what was expected only a part, as
/// a port may write megabytes for every case.
std::string KeptValue(const std::string& actual, const std::string& expected);

}  // namespace sigvet
