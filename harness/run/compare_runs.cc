#include "harness/run/compare_runs.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "harness/run/verdicts.h"

namespace sigvet {
namespace {

constexpr std::uint32_t kNone = kNoResult;
constexpr std::string_view kFlaky = "flaky: ";

/// For each element of `from` the index of the one in `to` with the same id, or kNone.
template <typename Item>
std::vector<std::uint32_t> MatchIds(const std::vector<Item>& from, const std::vector<Item>& to) {
  std::unordered_map<std::string_view, std::uint32_t> by_id;
  by_id.reserve(to.size());
  for (std::uint32_t i = 0; i < to.size(); ++i) by_id.emplace(to[i].id, i);
  std::vector<std::uint32_t> matches;
  matches.reserve(from.size());
  for (const Item& item : from) {
    const auto found = by_id.find(item.id);
    matches.push_back(found == by_id.end() ? kNone : found->second);
  }
  return matches;
}

/// Finds the result of a subject on a case.
class ResultIndex {
 public:
  explicit ResultIndex(const RunReport& run) : run_(run), order_(run.results.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    const auto place = [&run](std::uint32_t index) {
      return std::pair(run.results[index].case_index, run.results[index].subject);
    };
    if (!std::ranges::is_sorted(order_, {}, place)) std::ranges::stable_sort(order_, {}, place);
    begins_.resize(run.cases.size() + 1);
    for (const RunReport::CaseResult& result : run.results) ++begins_[result.case_index + 1];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  }

  std::uint32_t Find(std::uint32_t case_index, std::uint32_t subject) const {
    if (case_index == kNone || subject == kNone) return kNone;
    const std::span of_case = std::span(order_).subspan(
        begins_[case_index], begins_[case_index + 1] - begins_[case_index]);
    const auto subject_of = [this](std::uint32_t index) { return run_.results[index].subject; };
    const auto found = std::ranges::lower_bound(of_case, subject, {}, subject_of);
    return found == of_case.end() || subject_of(*found) != subject ? kNone : *found;
  }

 private:
  const RunReport& run_;
  std::vector<std::uint32_t> order_;  ///< of the results: by case, then by subject
  std::vector<std::size_t> begins_;   ///< of each case's results in `order_`
};

/// Why the run has no answer where it has no result of `subject` on `case_index`.
NoAnswer WhyNone(const RunReport& run, std::uint32_t case_index, std::uint32_t subject) {
  if (subject == kNone) return NoAnswer::kNoSubject;
  if (!run.subjects[subject].unavailable_because.empty()) return NoAnswer::kUnavailable;
  return case_index == kNone ? NoAnswer::kNoCase : NoAnswer::kSkipped;
}

std::vector<std::string_view> MistakesOf(const RunReport& run,
                                         const RunReport::CaseResult& result) {
  std::vector<std::string_view> ids;
  if (result.finding < 0 || result.verdict == Verdict::kDisputed) return ids;
  for (const auto& mistake : run.findings[static_cast<std::size_t>(result.finding)].mistakes) {
    ids.push_back(mistake.id);
  }
  return ids;
}

/// How often an answer changed says nothing.
std::string_view ReasonOf(const Failure& failure) {
  return failure.reason.starts_with(kFlaky) ? kFlaky : failure.reason;
}

bool FailsInAnotherWay(const RunReport& old_run, const RunReport::CaseResult& before,
                       const RunReport& new_run, const RunReport::CaseResult& now) {
  const Failure none;
  const Failure* const old_failure = FailureOf(old_run, before);
  const Failure* const new_failure = FailureOf(new_run, now);
  const Failure& old_one = old_failure == nullptr ? none : *old_failure;
  const Failure& new_one = new_failure == nullptr ? none : *new_failure;
  if (ReasonOf(old_one) != ReasonOf(new_one) || old_one.stage != new_one.stage) return true;
  const auto old_mistakes = MistakesOf(old_run, before);
  const auto new_mistakes = MistakesOf(new_run, now);
  if (old_mistakes == new_mistakes) return false;
  // An answer that is explained now and was not before may be the same answer.
  return (!old_mistakes.empty() && !new_mistakes.empty()) || old_one.actual != new_one.actual;
}

/// Whether there is an answer behind `index`.
bool IsAnswer(const RunReport& run, std::uint32_t index) {
  return index != kNone && run.results[index].verdict != Verdict::kSkip;
}

void SortBySubject(std::vector<ResultChange>& changes, const RunReport& run,
                   std::uint32_t ResultChange::*index) {
  std::ranges::stable_sort(
      changes, {}, [&](const ResultChange& change) { return run.results[change.*index].subject; });
}

void CompareNew(const RunReport& old_run, const RunReport& new_run, RunDiff& diff) {
  const std::vector<std::uint32_t> old_case = MatchIds(new_run.cases, old_run.cases);
  const std::vector<std::uint32_t> old_subject = MatchIds(new_run.subjects, old_run.subjects);
  diff.cases_added = static_cast<std::size_t>(std::ranges::count(old_case, kNone));
  const ResultIndex old_results(old_run);
  for (std::uint32_t i = 0; i < new_run.results.size(); ++i) {
    const RunReport::CaseResult& now = new_run.results[i];
    if (now.verdict == Verdict::kSkip) continue;
    const std::uint32_t case_index = old_case[now.case_index];
    const std::uint32_t subject = old_subject[now.subject];
    ResultChange change = {.before = old_results.Find(case_index, subject), .now = i};
    const bool fails = IsFailure(now.verdict);
    if (!IsAnswer(old_run, change.before)) {
      change.no_answer =
          change.before == kNone ? WhyNone(old_run, case_index, subject) : NoAnswer::kSkipped;
      (fails ? diff.newly_run_failing : diff.newly_run_passing).push_back(change);
      continue;
    }
    const RunReport::CaseResult& before = old_run.results[change.before];
    if (!IsFailure(before.verdict)) {
      if (fails)
        diff.newly_failing.push_back(change);
      else
        ++diff.still_passing;
    } else if (fails) {
      change.in_another_way = FailsInAnotherWay(old_run, before, new_run, now);
      diff.still_failing.push_back(change);
    } else {
      diff.fixed.push_back(change);
    }
  }
  for (auto* const changes : {&diff.newly_failing, &diff.newly_run_failing, &diff.newly_run_passing,
                              &diff.fixed, &diff.still_failing}) {
    SortBySubject(*changes, new_run, &ResultChange::now);
  }
}

void CompareOld(const RunReport& old_run, const RunReport& new_run, RunDiff& diff) {
  const std::vector<std::uint32_t> new_case = MatchIds(old_run.cases, new_run.cases);
  const std::vector<std::uint32_t> new_subject = MatchIds(old_run.subjects, new_run.subjects);
  diff.cases_gone = static_cast<std::size_t>(std::ranges::count(new_case, kNone));
  const ResultIndex new_results(new_run);
  for (std::uint32_t i = 0; i < old_run.results.size(); ++i) {
    const RunReport::CaseResult& before = old_run.results[i];
    if (before.verdict == Verdict::kSkip) continue;
    const std::uint32_t case_index = new_case[before.case_index];
    const std::uint32_t subject = new_subject[before.subject];
    ResultChange change = {.before = i, .now = new_results.Find(case_index, subject)};
    if (IsAnswer(new_run, change.now)) continue;
    change.no_answer =
        change.now == kNone ? WhyNone(new_run, case_index, subject) : NoAnswer::kSkipped;
    diff.no_longer_run.push_back(change);
  }
  SortBySubject(diff.no_longer_run, old_run, &ResultChange::before);
}

void CompareProblems(const RunReport& old_run, const RunReport& new_run, RunDiff& diff) {
  using Key = std::pair<std::string_view, std::string_view>;
  const auto key_of = [](const Error& problem) { return Key(problem.message, problem.place.file); };
  std::map<Key, std::vector<std::uint32_t>> old_problems;
  for (std::uint32_t i = 0; i < old_run.problems.size(); ++i) {
    old_problems[key_of(old_run.problems[i])].push_back(i);
  }
  for (std::uint32_t i = 0; i < new_run.problems.size(); ++i) {
    const auto found = old_problems.find(key_of(new_run.problems[i]));
    if (found == old_problems.end() || found->second.empty()) {
      diff.new_problems.push_back(i);
    } else {
      found->second.pop_back();
      ++diff.kept_problems;
    }
  }
  for (const auto& [key, indices] : old_problems) {
    diff.solved_problems.insert(diff.solved_problems.end(), indices.begin(), indices.end());
  }
  std::ranges::sort(diff.solved_problems);
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

std::string ShardOf(const RunReport::Context& context) {
  if (context.shard_count == 0) return "";
  return std::to_string(context.shard_index) + " of " + std::to_string(context.shard_count);
}

void CompareSubjects(const RunReport& old_run, const RunReport& new_run, RunDiff& diff) {
  const std::vector<std::uint32_t> old_subject = MatchIds(new_run.subjects, old_run.subjects);
  for (std::size_t i = 0; i < new_run.subjects.size(); ++i) {
    if (old_subject[i] == kNone) continue;
    const RunReport::Subject& before = old_run.subjects[old_subject[i]];
    const RunReport::Subject& now = new_run.subjects[i];
    // One that could not run has no version.
    if (!before.unavailable_because.empty() || !now.unavailable_because.empty()) continue;
    if (before.library != now.library) {
      diff.besides.push_back({"library of " + now.id, before.library, now.library});
    }
    if (before.kernel != now.kernel) {
      diff.besides.push_back({"kernel of " + now.id, before.kernel, now.kernel});
    }
  }
}

void CompareContexts(const RunReport& old_run, const RunReport& new_run, RunDiff& diff) {
  const auto add = [&diff](std::string_view what, std::string before, std::string now) {
    if (before == now) return;
    diff.besides.push_back({std::string(what), std::move(before), std::move(now)});
  };
  const RunReport::Context& before = old_run.context;
  const RunReport::Context& now = new_run.context;
  add("corpus digest", old_run.corpus.digest, new_run.corpus.digest);
  add("--filter", Joined(before.filters), Joined(now.filters));
  add("--skip", Joined(before.skips), Joined(now.skips));
  add("shard", ShardOf(before), ShardOf(now));
  add("known failures", Joined(before.known_failing_paths), Joined(now.known_failing_paths));
  add("--repeat", std::to_string(before.repeat), std::to_string(now.repeat));
  add("sigvet", before.sigvet_version, now.sigvet_version);
  add("system", before.system, now.system);
  CompareSubjects(old_run, new_run, diff);
}

}  // namespace

RunDiff CompareRuns(const RunReport& old_run, const RunReport& new_run) {
  RunDiff diff;
  diff.old_interrupted = old_run.context.interrupted;
  diff.new_interrupted = new_run.context.interrupted;
  CompareNew(old_run, new_run, diff);
  CompareOld(old_run, new_run, diff);
  CompareProblems(old_run, new_run, diff);
  CompareContexts(old_run, new_run, diff);
  return diff;
}

}  // namespace sigvet
