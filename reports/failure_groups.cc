#include "reports/failure_groups.h"

#include <algorithm>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/mistake_text.h"
#include "reports/stderr_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

bool FailsAlike(const Failure* a, const Failure* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->reason == b->reason && a->stage == b->stage && a->stage_number == b->stage_number &&
         a->stage_count == b->stage_count && a->expected == b->expected && a->actual == b->actual &&
         a->hint == b->hint && a->stderr_tail == b->stderr_tail;
}

std::string SubjectNames(const RunReport& report, const FailureGroup& group) {
  std::string names;
  for (const std::uint32_t subject : group.subjects) {
    names.append(names.empty() ? "" : ", ").append(Visible(report.subjects[subject].id));
  }
  return names;
}

}  // namespace

std::vector<FailureGroup> GroupFailures(const RunReport& report) {
  std::vector<FailureGroup> groups;
  std::size_t first_of_case = 0;
  for (const RunReport::CaseResult& result : report.results) {
    if (!IsFailure(result.verdict) || FindingOf(report, result) != nullptr) continue;
    if (first_of_case < groups.size() && groups[first_of_case].case_index != result.case_index) {
      first_of_case = groups.size();
    }
    const Failure* failure = FailureOf(report, result);
    const auto first = groups.begin() + static_cast<std::ptrdiff_t>(first_of_case);
    auto group = std::find_if(first, groups.end(), [&](const FailureGroup& other) {
      if (other.verdict != result.verdict) return false;
      return result.verdict == Verdict::kDisputed || FailsAlike(other.failure, failure);
    });
    if (group == groups.end()) {
      groups.push_back({result.case_index, result.verdict, failure, {}});
      group = groups.end() - 1;
    }
    group->subjects.push_back(result.subject);
  }
  return groups;
}

std::string_view FailureLabel(Verdict verdict) {
  switch (verdict) {
    case Verdict::kError:
      return "ERROR";
    case Verdict::kUnexpectedPass:
      return "UNEXPECTED PASS";
    case Verdict::kDisputed:
      return "DISPUTED";
    default:
      return "FAIL";
  }
}

std::string SummaryOf(const RunReport& report, const FailureGroup& group) {
  std::string text;
  if (group.verdict == Verdict::kDisputed) {
    text = std::to_string(group.subjects.size()) +
           " backends agree with each other but not with the case: either the expected value or "
           "this project's derivation is wrong";
  } else {
    text = SubjectNames(report, group);
  }
  const std::string reason = group.failure == nullptr ? "" : ReasonAndStage(*group.failure);
  return reason.empty() ? text : text + ": " + reason;
}

std::vector<std::uint32_t> SubjectsToHear(const RunReport& report) {
  std::vector<bool> ran(report.subjects.size());
  std::vector<bool> failed(report.subjects.size());
  for (const RunReport::CaseResult& result : report.results) {
    if (result.verdict != Verdict::kSkip) ran[result.subject] = true;
    const Failure* failure = FailureOf(report, result);
    const bool shows_it = failure != nullptr && !failure->stderr_tail.empty();
    if (IsFailure(result.verdict) && !shows_it) failed[result.subject] = true;
  }
  std::vector<std::uint32_t> subjects;
  for (std::uint32_t i = 0; i < report.subjects.size(); ++i) {
    if (ran[i] && !failed[i]) continue;
    if (!StderrLines(report.subjects[i].stderr_tail, 1).empty()) subjects.push_back(i);
  }
  return subjects;
}

}  // namespace sigvet
