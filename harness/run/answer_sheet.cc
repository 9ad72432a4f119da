#include "harness/run/answer_sheet.h"

#include <utility>

#include "harness/run/judge.h"

namespace sigvet {

AnswerSheet::AnswerSheet(const Plan& plan, unsigned rounds, RunReport& report)
    : plan_(plan), report_(report), failures_(report.results.size()) {
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
}

void AnswerSheet::Finish() {
  for (std::size_t i = 0; i < report_.results.size(); ++i) {
    RunReport::CaseResult& result = report_.results[i];
    std::unique_ptr<Failure>& failure = failures_[i];
    if (!repeated_.empty() && repeated_[i].IsFlaky()) {
      result.verdict = Verdict::kFail;
      failure = std::make_unique<Failure>(repeated_[i].ToFailure());
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
