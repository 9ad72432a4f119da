#include "harness/run/verdicts.h"

#include <algorithm>
#include <span>
#include <vector>

namespace sigvet {
namespace {

using CaseResults = std::span<RunReport::CaseResult>;

bool SameAnswer(const Failure& a, const Failure& b) {
  return a.reason == b.reason && a.actual == b.actual;
}

/// The results of a case that dispute it; none where it is not disputed.
std::vector<RunReport::CaseResult*> FindDisputing(const RunReport& report, CaseResults results) {
  std::vector<RunReport::CaseResult*> failed;
  std::size_t answered = 0;
  for (RunReport::CaseResult& result : results) {
    if (report.subjects[result.subject].kind != "backend") continue;
    if (result.verdict == Verdict::kPass) return {};
    if (result.verdict == Verdict::kFail) failed.push_back(&result);
    if (result.verdict != Verdict::kSkip) ++answered;
  }
  const auto failure_of = [&](const RunReport::CaseResult* result) -> const Failure& {
    return report.failures[static_cast<std::size_t>(result->failure)];
  };
  for (const RunReport::CaseResult* one : failed) {
    std::vector<RunReport::CaseResult*> alike;
    for (RunReport::CaseResult* other : failed) {
      if (SameAnswer(failure_of(one), failure_of(other))) alike.push_back(other);
    }
    if (alike.size() >= 2 && alike.size() * 2 > answered) return alike;
  }
  return {};
}

/// Calls `visit` with the results of each case.
template <typename Visit>
void ForEachCase(std::vector<RunReport::CaseResult>& results, Visit visit) {
  for (auto begin = results.begin(); begin != results.end();) {
    const auto end = std::find_if(begin, results.end(), [&](const RunReport::CaseResult& result) {
      return result.case_index != begin->case_index;
    });
    visit(CaseResults(begin, end));
    begin = end;
  }
}

}  // namespace

void MarkDisputes(RunReport& report) {
  ForEachCase(report.results, [&](CaseResults results) {
    for (RunReport::CaseResult* result : FindDisputing(report, results)) {
      result->verdict = Verdict::kDisputed;
    }
  });
}

RunReport::Totals CountTotals(const RunReport& report) {
  RunReport::Totals totals;
  totals.failed = static_cast<std::uint32_t>(report.problems.size());
  std::int64_t last_disputed = -1;
  for (const RunReport::CaseResult& result : report.results) {
    switch (result.verdict) {
      case Verdict::kPass:
      case Verdict::kExpectedFail:
        ++totals.passed;
        break;
      case Verdict::kFail:
      case Verdict::kError:
      case Verdict::kUnexpectedPass:
        ++totals.failed;
        break;
      case Verdict::kSkip:
        ++totals.skipped;
        break;
      case Verdict::kDisputed:
        if (last_disputed != result.case_index) ++totals.failed;
        last_disputed = result.case_index;
        break;
    }
  }
  return totals;
}

}  // namespace sigvet
