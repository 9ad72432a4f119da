#include "harness/run/run_problems.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace sigvet {
namespace {

constexpr std::string_view kRequired = ", which --require-op asks for";
constexpr std::string_view kNothingRan = "no case ran: ";

/// How a subject did on the cases of one operation.
struct Ran {
  std::size_t any = 0;
  /// Cases that it skipped, but for those that its description leaves out.
  std::size_t skipped = 0;
  /// Why the first of these was skipped.
  std::string why_not = {};
};

std::string WhySkipped(const RunReport& report, const RunReport::CaseResult& result) {
  return result.failure < 0 ? "" : report.failures[static_cast<std::size_t>(result.failure)].reason;
}

std::vector<Ran> FindWhoRan(const std::string& operation, const RunReport& report) {
  std::vector<Ran> ran(report.subjects.size());
  for (const RunReport::CaseResult& result : report.results) {
    const RunReport::Case& c = report.cases[result.case_index];
    if (c.operation != operation) continue;
    Ran& of_subject = ran[result.subject];
    if (result.verdict != Verdict::kSkip) {
      ++of_subject.any;
      continue;
    }
    std::string why = WhySkipped(report, result);
    if (why.starts_with(kLeftOutReason)) continue;
    if (++of_subject.skipped == 1) of_subject.why_not = c.id + ": " + why;
  }
  return ran;
}

void Require(const std::string& operation, RunReport& report) {
  if (std::ranges::find(report.cases, operation, &RunReport::Case::operation) ==
      report.cases.end()) {
    report.problems.push_back({"no selected case is of " + operation + std::string(kRequired)});
    return;
  }
  std::vector<Ran> ran = FindWhoRan(operation, report);
  for (std::size_t i = 0; i < ran.size(); ++i) {
    const RunReport::Subject& subject = report.subjects[i];
    if (!subject.unavailable_because.empty() || (ran[i].any > 0 && ran[i].skipped == 0)) continue;
    const std::size_t skipped = ran[i].skipped;
    // Cases that a description leaves out: the subject may run others of other shards.
    if (report.context.shard_count != 0 && skipped == 0) continue;
    const std::string what = ran[i].any == 0
                                 ? subject.id + " ran no case of "
                                 : subject.id + " did not run " + std::to_string(skipped) +
                                       (skipped == 1 ? " case of " : " cases of ");
    report.problems.push_back(
        {what + operation + std::string(kRequired), {}, std::move(ran[i].why_not)});
  }
}

}  // namespace

void AddWhatDidNotRun(std::span<const std::string> required_operations, RunReport& report) {
  for (const std::string& operation : required_operations) Require(operation, report);
  const auto is_skip = [](const RunReport::CaseResult& result) {
    return result.verdict == Verdict::kSkip;
  };
  if (!std::ranges::all_of(report.results, is_skip)) return;
  // Where there is a reason already, another one would lead astray.
  if (!report.problems.empty()) return;
  const bool any_available = std::ranges::any_of(
      report.subjects,
      [](const RunReport::Subject& subject) { return subject.unavailable_because.empty(); });
  if (!any_available) {
    report.problems.push_back({std::string(kNothingRan) + "no subject is available"});
  } else if (report.results.empty()) {
    if (report.context.shard_count == 0) {
      report.problems.push_back({std::string(kNothingRan) + "none is selected"});
    }
  } else if (report.context.shard_count == 0) {
    report.problems.push_back({std::string(kNothingRan) + "every one was skipped",
                               {},
                               "the first: " + WhySkipped(report, report.results.front())});
  }
}

bool IsWhatDidNotRun(const Error& problem) {
  // Of the others, a known failure could quote such words; it has a place.
  return problem.place.file.empty() &&
         (problem.message.ends_with(kRequired) || problem.message.starts_with(kNothingRan));
}

}  // namespace sigvet
