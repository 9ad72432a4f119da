#include "reports/explained.h"

#include "reports/console_parts.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

/// "40 of its 42 failures".
std::string Share(std::size_t count, std::size_t of) {
  if (of == 1) return "its one failure";
  if (count == of) return "all of its " + std::to_string(of) + " failures";
  return std::to_string(count) + " of its " + std::to_string(of) + " failures";
}

}  // namespace

Explained ExplainedBy(const RunReport& report, const RunReport::Finding& finding) {
  Explained explained;
  const auto rank = [&report](const RunReport::CaseResult& result) {
    return (IsFailure(result.verdict) ? 2 : 0) +
           (IsPublished(report, report.cases[result.case_index]) ? 1 : 0);
  };
  for (const std::uint32_t index : finding.results) {
    const RunReport::CaseResult& result = report.results[index];
    if (FindingOf(report, result) == nullptr) continue;
    explained.cases.push_back(result.case_index);
    ++(IsFailure(result.verdict) ? explained.failures : explained.known_failures);
    if (explained.example == nullptr || rank(result) > rank(*explained.example)) {
      explained.example = &result;
    }
  }
  return explained;
}

std::vector<std::size_t> FailuresOfSubjects(const RunReport& report) {
  std::vector<std::size_t> counts(report.subjects.size());
  for (const RunReport::CaseResult& result : report.results) {
    if (IsFailure(result.verdict)) ++counts[result.subject];
  }
  return counts;
}

std::string HeadlineOf(const RunReport& report, const RunReport::Finding& finding,
                       const Explained& explained, std::size_t failures_of_subject) {
  const std::string share = Share(explained.failures, failures_of_subject);
  std::string sentence = SentenceOf(finding.mistakes);
  if (!finding.only_stage.empty()) {
    return "in " + share + " a mistake shows: " + sentence + " (" + OnlyStageNote(finding) + ")";
  }
  const std::string note = SecretNote(report, finding);
  if (!note.empty()) return note + ", in " + share + ": " + sentence;
  if (finding.mistakes.size() == 1) return "one mistake explains " + share + ": " + sentence;
  return (finding.mistakes.size() == 2 ? "two" : std::to_string(finding.mistakes.size())) +
         " mistakes together explain " + share + ": " + sentence;
}

}  // namespace sigvet
