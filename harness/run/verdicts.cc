#include "harness/run/verdicts.h"

#include <algorithm>
#include <span>

namespace sigvet {
namespace {

using CaseResults = std::span<RunReport::CaseResult>;

bool SameAnswer(const Failure& a, const Failure& b) {
  return a.reason == b.reason && a.actual == b.actual;
}

bool IsDisputed(const RunReport& report, CaseResults results) {
  const Failure* first = nullptr;
  std::size_t agreeing = 0;
  for (const RunReport::CaseResult& result : results) {
    if (report.subjects[result.subject].kind != "backend") continue;
    if (result.verdict == Verdict::kSkip) continue;
    if (result.verdict != Verdict::kFail) return false;
    const Failure& failure = report.failures[static_cast<std::size_t>(result.failure)];
    if (first == nullptr) first = &failure;
    if (!SameAnswer(*first, failure)) return false;
    ++agreeing;
  }
  return agreeing >= 2;
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
    if (!IsDisputed(report, results)) return;
    for (RunReport::CaseResult& result : results) {
      if (result.verdict == Verdict::kFail && report.subjects[result.subject].kind == "backend") {
        result.verdict = Verdict::kDisputed;
      }
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
