#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "harness/run/findings.h"
#include "harness/run/plan.h"
#include "harness/run/repeated_answer.h"
#include "harness/run/run_report.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// What the sheet of a run keeps of wrong answers, in bytes of their values: each result has an
/// equal share, so that what is kept does not depend on who answers when.
inline constexpr std::size_t kMaxWrongAnswersBytes = std::size_t{64} << 20;

/// Takes the answers of a run as they come, judges them, and puts the verdicts and failures into
/// the report in the order of its results, whoever gave an answer when.
class AnswerSheet {
 public:
  /// `report` has a result for each case and available subject of `plan`; both outlive this.
  AnswerSheet(const Plan& plan, unsigned rounds, RunReport& report);

  /// Between two rounds.
  void BeginNextRound() { ++round_; }
  unsigned round() const { return round_; }

  /// The answer of a subject, by its number in the plan, to one of the selected cases, by its
  /// number among them. Of several answers to a case in a round the last one counts. Thread-safe
  /// but for the same subject and case.
  void Record(std::size_t case_number, std::size_t subject, const Answer& answer);

  /// Fills in the report's failures; the last call. What has no answer was not run.
  void Finish();

  /// After Finish: what is to be explained of the wrong answers to derivations, those that changed
  /// from round to round not among them. No stages where the answer has none that its share of
  /// kMaxWrongAnswersBytes can hold.
  WrongAnswers TakeWrongAnswers();

 private:
  using Stages = std::vector<StageValue>;

  /// Of an answer that failed `c`: the stages that may be wrong, and the signature. Short ones come
  /// before long ones where not all can be kept.
  Stages KeptStages(const Case& c, const Answer& answer) const;

  const Plan& plan_;
  RunReport& report_;
  unsigned round_ = 0;
  /// The place of each subject of the plan among the results of a case.
  std::vector<std::size_t> places_;
  std::size_t places_count_ = 0;
  /// By result; null where there is none.
  std::vector<std::unique_ptr<Failure>> failures_;
  /// By result; null where there is nothing to explain.
  std::vector<std::unique_ptr<Stages>> wrong_;
  /// By result; empty where there is but one round.
  std::vector<RepeatedAnswer> repeated_;
};

}  // namespace sigvet
