#include "harness/run/answer_sheet.h"

#include <algorithm>
#include <utility>

#include "harness/run/judge.h"
#include "harness/subject/case_derivation.h"

namespace sigvet {

AnswerSheet::AnswerSheet(const Plan& plan, unsigned rounds, RunReport& report)
    : plan_(plan),
      report_(report),
      failures_(report.results.size()),
      wrong_(report.results.size()) {
  for (const PlannedSubject& subject : plan.subjects) {
    places_.push_back(places_count_);
    if (subject.IsAvailable()) ++places_count_;
  }
  if (rounds > 1) repeated_.resize(report.results.size());
}

void AnswerSheet::Record(std::size_t case_number, std::size_t subject, const Answer& answer) {
  const Case& c = plan_.corpus->cases[plan_.selected.cases[case_number]];
  const std::size_t result = case_number * places_count_ + places_[subject];
  if (!repeated_.empty()) repeated_[result].Record(c, round_, answer);
  if (round_ > 0) return;
  Judgement judgement = Judge(c, answer);
  report_.results[result].verdict = judgement.verdict;
  failures_[result] =
      judgement.failure ? std::make_unique<Failure>(*std::move(judgement.failure)) : nullptr;
  const bool can_be_explained = judgement.verdict == Verdict::kFail &&
                                answer.kind == Answer::Kind::kOutput &&
                                c.requirement != Requirement::kRefuse && IsDerivation(*c.operation);
  wrong_[result] = can_be_explained ? std::make_unique<Stages>(KeptStages(c, answer)) : nullptr;
}

AnswerSheet::Stages AnswerSheet::KeptStages(const Case& c, const Answer& answer) const {
  const FieldSpec* const signature = SignatureStage(*c.operation);
  Stages stages;
  for (const StageValue& stage : answer.stages) {
    const std::string* const expected = FindStage(c.expected, stage.stage);
    const bool is_right = expected != nullptr && stage.value == *expected;
    if (is_right && stage.stage != signature) continue;
    stages.push_back({stage.stage, KeptValue(stage.value, expected != nullptr ? *expected : "")});
  }
  std::size_t room = kMaxWrongAnswersBytes / wrong_.size();
  std::ranges::stable_sort(stages, {}, [](const StageValue& stage) { return stage.value.size(); });
  const auto last = std::ranges::find_if(stages, [&](const StageValue& stage) {
    if (stage.value.size() > room) return true;
    room -= stage.value.size();
    return false;
  });
  stages.erase(last, stages.end());
  std::ranges::sort(stages, {}, &StageValue::stage);
  return stages;
}

WrongAnswers AnswerSheet::TakeWrongAnswers() {
  WrongAnswers wrong_answers;
  for (std::size_t i = 0; i < wrong_.size(); ++i) {
    if (wrong_[i] == nullptr) continue;
    wrong_answers.emplace(static_cast<std::uint32_t>(i), std::move(*wrong_[i]));
    wrong_[i].reset();
  }
  return wrong_answers;
}

void AnswerSheet::Finish() {
  for (std::size_t i = 0; i < report_.results.size(); ++i) {
    RunReport::CaseResult& result = report_.results[i];
    std::unique_ptr<Failure>& failure = failures_[i];
    if (!repeated_.empty() && repeated_[i].IsFlaky()) {
      result.verdict = Verdict::kFail;
      failure = std::make_unique<Failure>(repeated_[i].ToFailure());
      wrong_[i].reset();
    } else if (result.verdict == Verdict::kSkip && failure == nullptr) {
      failure = std::make_unique<Failure>(Failure{.reason = "not run: the run was interrupted"});
    }
    if (failure == nullptr) continue;
    result.failure = static_cast<std::int32_t>(report_.failures.size());
    report_.failures.push_back(*std::move(failure));
    failure.reset();
  }
}

}  // namespace sigvet
