#include "harness/run/compare_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "harness/run/verdicts.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// A run of subjects on cases; each verdict by "subject case".
RunReport RunOf(const std::vector<std::string>& subjects, const std::vector<std::string>& cases,
                const std::map<std::string, Verdict>& not_passed = {}) {
  RunReport run;
  run.suites = {"s"};
  run.corpus.files = {"f.yaml"};
  run.provenances = {{"published"}};
  for (const std::string& id : subjects) run.subjects.push_back({.id = id, .kind = "backend"});
  for (std::uint32_t i = 0; i < cases.size(); ++i) {
    run.cases.push_back({.id = cases[i], .operation = "ses-smtp-password"});
    for (std::uint32_t j = 0; j < subjects.size(); ++j) {
      RunReport::CaseResult result = {i, j, Verdict::kPass};
      const auto found = not_passed.find(subjects[j] + " " + cases[i]);
      if (found != not_passed.end()) {
        result.verdict = found->second;
        result.failure = static_cast<std::int32_t>(run.failures.size());
        run.failures.push_back({.reason = "wrong password", .stage = "password", .actual = "x"});
      }
      run.results.push_back(result);
    }
  }
  return run;
}

/// "subject case" of each change, in the run in which it has a result.
std::vector<std::string> Names(const std::vector<ResultChange>& changes, const RunReport& run,
                               std::uint32_t ResultChange::*index) {
  std::vector<std::string> names;
  for (const ResultChange& change : changes) {
    const RunReport::CaseResult& result = run.results.at(change.*index);
    names.push_back(run.subjects[result.subject].id + " " + run.cases[result.case_index].id);
  }
  return names;
}

std::vector<std::string> Now(const std::vector<ResultChange>& changes, const RunReport& run) {
  return Names(changes, run, &ResultChange::now);
}

TEST(CompareRunsTest, TheSameRun) {
  const RunReport run = RunOf({"a", "b"}, {"1", "2"}, {{"a 1", Verdict::kFail}});
  const RunDiff diff = CompareRuns(run, run);
  EXPECT_FALSE(diff.HasRegression());
  EXPECT_EQ(diff.still_passing, 3U);
  EXPECT_EQ(diff.Compared(), 4U);
  EXPECT_THAT(Now(diff.still_failing, run), ElementsAre("a 1"));
  EXPECT_FALSE(diff.still_failing[0].in_another_way);
  EXPECT_THAT(diff.besides, IsEmpty());
}

/// Each verdict of before with each of now.
TEST(CompareRunsTest, EveryPairOfVerdicts) {
  const std::vector<Verdict> good = {Verdict::kPass, Verdict::kExpectedFail};
  const std::vector<Verdict> bad = {Verdict::kFail, Verdict::kError, Verdict::kUnexpectedPass,
                                    Verdict::kDisputed};
  const auto diff_of = [](Verdict before, Verdict now) {
    return CompareRuns(RunOf({"a"}, {"1"}, {{"a 1", before}}), RunOf({"a"}, {"1"}, {{"a 1", now}}));
  };
  for (const Verdict one : good) {
    for (const Verdict other : good) EXPECT_EQ(diff_of(one, other).still_passing, 1U);
    for (const Verdict other : bad) {
      EXPECT_EQ(diff_of(one, other).newly_failing.size(), 1U);
      EXPECT_TRUE(diff_of(one, other).HasRegression());
      EXPECT_EQ(diff_of(other, one).fixed.size(), 1U);
      EXPECT_FALSE(diff_of(other, one).HasRegression());
    }
    EXPECT_EQ(diff_of(Verdict::kSkip, one).newly_run_passing.size(), 1U);
    EXPECT_FALSE(diff_of(Verdict::kSkip, one).HasRegression());
    EXPECT_EQ(diff_of(one, Verdict::kSkip).no_longer_run.size(), 1U);
  }
  for (const Verdict one : bad) {
    for (const Verdict other : bad) EXPECT_EQ(diff_of(one, other).still_failing.size(), 1U);
    EXPECT_EQ(diff_of(Verdict::kSkip, one).newly_run_failing.size(), 1U);
    EXPECT_TRUE(diff_of(Verdict::kSkip, one).HasRegression());
    EXPECT_EQ(diff_of(one, Verdict::kSkip).no_longer_run.size(), 1U);
    EXPECT_FALSE(diff_of(one, Verdict::kSkip).HasRegression());
  }
  const RunDiff skipped = diff_of(Verdict::kSkip, Verdict::kSkip);
  EXPECT_EQ(skipped.Compared(), 0U);
  EXPECT_THAT(skipped.no_longer_run, IsEmpty());
  EXPECT_THAT(skipped.newly_run_passing, IsEmpty());
}

TEST(CompareRunsTest, MatchesByIdWhateverTheOrder) {
  const RunReport before =
      RunOf({"a", "b", "c"}, {"1", "2", "3"}, {{"a 1", Verdict::kFail}, {"b 3", Verdict::kFail}});
  const RunReport now =
      RunOf({"c", "b", "a"}, {"3", "1", "2"}, {{"b 3", Verdict::kFail}, {"c 2", Verdict::kFail}});
  const RunDiff diff = CompareRuns(before, now);
  EXPECT_THAT(Now(diff.newly_failing, now), ElementsAre("c 2"));
  EXPECT_THAT(Now(diff.fixed, now), ElementsAre("a 1"));
  EXPECT_THAT(Names(diff.fixed, before, &ResultChange::before), ElementsAre("a 1"));
  EXPECT_THAT(Now(diff.still_failing, now), ElementsAre("b 3"));
  EXPECT_EQ(diff.still_passing, 6U);
}

TEST(CompareRunsTest, ListsAreBySubjectThenCase) {
  const RunReport now = RunOf({"b", "a"}, {"2", "1"},
                              {{"a 1", Verdict::kFail},
                               {"a 2", Verdict::kFail},
                               {"b 1", Verdict::kFail},
                               {"b 2", Verdict::kFail}});
  const RunDiff diff = CompareRuns(RunOf({"a", "b"}, {"1", "2"}), now);
  EXPECT_THAT(Now(diff.newly_failing, now), ElementsAre("b 2", "b 1", "a 2", "a 1"));
}

TEST(CompareRunsTest, WhyThereIsNoAnswer) {
  RunReport before = RunOf({"a", "gone", "broken", "skips"}, {"1", "2"});
  RunReport now = RunOf({"a", "new", "skips"}, {"1", "3"},
                        {{"new 1", Verdict::kFail}, {"skips 1", Verdict::kSkip}});
  now.subjects.push_back({.id = "broken", .unavailable_because = "no python3"});
  const RunDiff diff = CompareRuns(before, now);
  std::map<std::string, NoAnswer> gone;
  const auto names = Names(diff.no_longer_run, before, &ResultChange::before);
  for (std::size_t i = 0; i < names.size(); ++i) gone[names[i]] = diff.no_longer_run[i].no_answer;
  EXPECT_THAT(gone, UnorderedElementsAre(std::pair("a 2", NoAnswer::kNoCase),
                                         std::pair("skips 2", NoAnswer::kNoCase),
                                         std::pair("gone 1", NoAnswer::kNoSubject),
                                         std::pair("gone 2", NoAnswer::kNoSubject),
                                         std::pair("broken 1", NoAnswer::kUnavailable),
                                         std::pair("broken 2", NoAnswer::kUnavailable),
                                         std::pair("skips 1", NoAnswer::kSkipped)));
  EXPECT_THAT(Now(diff.newly_run_failing, now), ElementsAre("new 1"));
  EXPECT_EQ(diff.newly_run_failing[0].no_answer, NoAnswer::kNoSubject);
  EXPECT_THAT(Now(diff.newly_run_passing, now), ElementsAre("a 3", "new 3", "skips 3"));
  EXPECT_EQ(diff.newly_run_passing[0].no_answer, NoAnswer::kNoCase);
  EXPECT_EQ(diff.cases_added, 1U);
  EXPECT_EQ(diff.cases_gone, 1U);
}

/// A run in which one result fails with that failure, by those mistakes.
RunReport Failing(const Failure& failure, const std::vector<std::string>& mistakes = {}) {
  RunReport run = RunOf({"a"}, {"1"}, {{"a 1", Verdict::kFail}});
  run.failures[0] = failure;
  if (mistakes.empty()) return run;
  run.findings.push_back({.subject = 0, .results = {0}});
  for (const std::string& id : mistakes) run.findings[0].mistakes.push_back({id, "", ""});
  run.results[0].finding = 0;
  return run;
}

TEST(CompareRunsTest, FailsInAnotherWay) {
  const Failure failure = {.reason = "wrong password", .stage = "password", .actual = "x"};
  const auto differs = [](const RunReport& before, const RunReport& now) {
    return CompareRuns(before, now).still_failing.at(0).in_another_way;
  };
  EXPECT_FALSE(differs(Failing(failure), Failing(failure)));
  Failure other = failure;
  other.actual = "y";
  EXPECT_FALSE(differs(Failing(failure), Failing(other))) << "the value alone is no other way";
  other.stage = "date_key";
  EXPECT_TRUE(differs(Failing(failure), Failing(other)));
  other = failure;
  other.reason = "timeout";
  EXPECT_TRUE(differs(Failing(failure), Failing(other)));
  EXPECT_FALSE(differs(Failing(failure, {"m"}), Failing(failure, {"m"})));
  EXPECT_TRUE(differs(Failing(failure, {"m"}), Failing(failure, {"n"})));
  EXPECT_TRUE(differs(Failing(failure, {"m"}), Failing(failure, {"m", "n"})));
  EXPECT_FALSE(differs(Failing(failure), Failing(failure, {"m"}))) << "only explained since";
  other = failure;
  other.actual = "y";
  EXPECT_TRUE(differs(Failing(failure), Failing(other, {"m"})));
  EXPECT_FALSE(differs(Failing({.reason = "flaky: 1 of 3 answers differ from the first"}),
                       Failing({.reason = "flaky: 2 of 3 answers differ from the first"})));
}

TEST(CompareRunsTest, Problems) {
  RunReport before = RunOf({"a"}, {"1"});
  RunReport now = before;
  before.problems = {{"no case matches \"x\"", {"known.txt", 3, 1}}, {"old", {}}};
  now.problems = {{"no case matches \"x\"", {"known.txt", 7, 1}}};
  RunDiff diff = CompareRuns(before, now);
  EXPECT_FALSE(diff.HasRegression());
  EXPECT_EQ(diff.kept_problems, 1U);
  EXPECT_THAT(diff.solved_problems, ElementsAre(1U));
  now.problems.push_back({"broken: can't start", {"port.yaml"}});
  diff = CompareRuns(before, now);
  EXPECT_THAT(diff.new_problems, ElementsAre(1U));
  EXPECT_TRUE(diff.HasRegression());
}

TEST(CompareRunsTest, WhatElseChanged) {
  RunReport before = RunOf({"a", "b"}, {"1"});
  RunReport now = before;
  before.corpus.digest = "aa";
  now.corpus.digest = "bb";
  before.context.sigvet_version = "0.1.0";
  now.context.sigvet_version = "0.2.0";
  now.context.filters = {"x", "y/**"};
  now.context.shard_index = 1;
  now.context.shard_count = 4;
  now.context.interrupted = true;
  before.subjects[1].library = "L 1";
  now.subjects[1].library = "L 2";
  now.subjects[0].kernel = "sha-ni";
  const RunDiff diff = CompareRuns(before, now);
  EXPECT_THAT(diff.besides, UnorderedElementsAre(RunDifference{"corpus digest", "aa", "bb"},
                                                 RunDifference{"sigvet", "0.1.0", "0.2.0"},
                                                 RunDifference{"--filter", "", "x, y/**"},
                                                 RunDifference{"shard", "", "1 of 4"},
                                                 RunDifference{"library of b", "L 1", "L 2"},
                                                 RunDifference{"kernel of a", "", "sha-ni"}));
  EXPECT_TRUE(diff.new_interrupted);
  EXPECT_FALSE(diff.old_interrupted);
}

TEST(CompareRunsTest, AMillionResults) {
  std::vector<std::string> cases;
  for (int i = 0; i < 250'000; ++i) cases.push_back("suite/case-" + std::to_string(i));
  RunReport before = RunOf({"a", "b", "c", "d"}, cases);
  RunReport now = before;
  for (RunReport::CaseResult& result : now.results) {
    if (result.subject == 2) result.verdict = Verdict::kFail;
  }
  const RunDiff diff = CompareRuns(before, now);
  EXPECT_EQ(diff.newly_failing.size(), 250'000U);
  EXPECT_EQ(diff.still_passing, 750'000U);
}

}  // namespace
}  // namespace sigvet
