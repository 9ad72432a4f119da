#include "harness/run/runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <stdexcept>

#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

/// Wrong on every 7th case.
Answer SometimesWrong(const Case& c) {
  return TestOutput(c, (c.line / 10) % 7 == 0 ? "wrong " + c.id : "right");
}

PlannedSubject Right(std::string id) {
  return MakeTestSubject(std::move(id), [](const Case& c) { return TestOutput(c, "right"); });
}

TEST(RunPlan, JudgesEveryCaseOnEverySubject) {
  const Corpus corpus = MakeTestCorpus();
  const RunReport report =
      RunPlan(MakeTestPlan(corpus, {Right("a"), MakeTestSubject("b", SometimesWrong)}), {});
  ASSERT_EQ(report.results.size(), 12U);
  EXPECT_EQ(report.suites, (std::vector<std::string>{"s", "t"}));
  EXPECT_EQ(report.corpus.digest, "d1635");
  EXPECT_EQ(report.cases[4].id, "t/two");
  EXPECT_EQ(report.cases[4].line, 14U);
  EXPECT_EQ(report.totals.passed, 10U);
  EXPECT_EQ(report.totals.failed, 2U);
  EXPECT_EQ(report.results[1].verdict, Verdict::kFail);
  EXPECT_EQ(report.failures[0].actual, "wrong s/one");
}

TEST(RunPlan, TheReportDoesNotDependOnTheJobs) {
  const Corpus corpus = MakeTestCorpus(500);
  const Plan plan = MakeTestPlan(corpus, {Right("a"), MakeTestSubject("b", SometimesWrong)});
  const RunReport one = RunPlan(plan, {.jobs = 1});
  const RunReport many = RunPlan(plan, {.jobs = 8});
  ASSERT_EQ(one.results.size(), many.results.size());
  for (std::size_t i = 0; i < one.results.size(); ++i) {
    EXPECT_EQ(one.results[i].verdict, many.results[i].verdict);
    EXPECT_EQ(one.results[i].failure, many.results[i].failure);
  }
  ASSERT_EQ(one.failures.size(), many.failures.size());
  for (std::size_t i = 0; i < one.failures.size(); ++i) {
    EXPECT_EQ(one.failures[i].actual, many.failures[i].actual);
  }
  EXPECT_EQ(many.totals.failed, 144U);  // 2 suites x ceil(500 / 7)
}

TEST(RunPlan, LeavesOutSubjectsThatAreUnavailable) {
  const Corpus corpus = MakeTestCorpus();
  PlannedSubject missing;
  missing.info = {.id = "missing", .kind = "backend", .unavailable_because = "no library"};
  const RunReport report = RunPlan(MakeTestPlan(corpus, {missing, Right("a")}), {});
  EXPECT_EQ(report.subjects.size(), 2U);
  ASSERT_EQ(report.results.size(), 6U);
  EXPECT_EQ(report.results[0].subject, 1U);
  EXPECT_EQ(report.totals.passed, 6U);
}

TEST(RunPlan, AnInterruptedRunReportsWhatIsDone) {
  const Corpus corpus = MakeTestCorpus();
  std::atomic<bool> interrupted = false;
  const auto interrupt_at_two = [&](const Case& c) {
    if (c.id == "s/two") interrupted = true;
    return TestOutput(c, "right");
  };
  const RunReport report = RunPlan(MakeTestPlan(corpus, {MakeTestSubject("a", interrupt_at_two)}),
                                   {.jobs = 1, .interrupted = &interrupted});
  EXPECT_TRUE(report.context.interrupted);
  EXPECT_EQ(report.totals.passed, 2U);
  EXPECT_EQ(report.totals.skipped, 4U);
  EXPECT_EQ(report.failures[0].reason, "not run: the run was interrupted");
}

TEST(RunPlan, WhatASubjectsMakerThrowsReachesTheCaller) {
  const Corpus corpus = MakeTestCorpus(100);
  PlannedSubject broken = Right("broken");
  broken.make = []() -> std::unique_ptr<Subject> { throw std::runtime_error("no memory"); };
  const Plan plan = MakeTestPlan(corpus, {broken});
  EXPECT_THROW(RunPlan(plan, {.jobs = 1}), std::runtime_error);
  EXPECT_THROW(RunPlan(plan, {.jobs = 8}), std::runtime_error);
}

TEST(RunPlan, ReportsProgressUpToTheEnd) {
  const Corpus corpus = MakeTestCorpus(100);
  std::size_t last = 0;
  RunPlan(MakeTestPlan(corpus, {Right("a")}), {.progress = [&](std::size_t done, std::string_view) {
            EXPECT_GT(done, last);
            last = done;
          }});
  EXPECT_EQ(last, 200U);
}

TEST(RunPlan, RepeatsInOtherOrdersWithNewSubjects) {
  const Corpus corpus = MakeTestCorpus(20);
  std::vector<std::string> asked;
  int made = 0;
  PlannedSubject subject = MakeTestSubject("a", [&](const Case& c) {
    asked.push_back(c.id);
    return TestOutput(c, "right");
  });
  subject.make = [&made, make = subject.make] {
    ++made;
    return make();
  };
  const Plan plan = MakeTestPlan(corpus, {subject});
  std::size_t last = 0;
  const RunReport report =
      RunPlan(plan, {.repeat = 3, .progress = [&](std::size_t done, std::string_view) {
                       EXPECT_GT(done, last);
                       last = done;
                     }});
  EXPECT_EQ(report.totals.passed, 40U);
  EXPECT_EQ(report.totals.failed, 0U);
  EXPECT_EQ(made, 3);
  EXPECT_EQ(last, CountAnswers(plan, 3));
  ASSERT_EQ(asked.size(), 120U);
  const std::vector<std::string> first(asked.begin(), asked.begin() + 40);
  std::vector<std::string> second(asked.begin() + 40, asked.begin() + 80);
  EXPECT_NE(second, first);
  EXPECT_TRUE(std::ranges::is_permutation(second, first));
  EXPECT_TRUE(std::ranges::is_permutation(std::span(asked).subspan(80), first));
}

// A subject that remembers: right in the first round and, for some cases, not in the others.
TEST(RunPlan, FindsAnswersThatChangeWithWhatWasAskedBefore) {
  const Corpus corpus = MakeTestCorpus();
  std::atomic<int> asked = 0;
  const PlannedSubject subject = MakeTestSubject("a", [&](const Case& c) {
    const bool first_round = asked.fetch_add(1) < 6;
    return TestOutput(c, first_round || c.suite == 0 ? "right" : "changed");
  });
  const RunReport report = RunPlan(MakeTestPlan(corpus, {subject}), {.repeat = 2});
  EXPECT_EQ(report.totals.passed, 3U);
  EXPECT_EQ(report.totals.failed, 3U);
  EXPECT_EQ(report.failures[0].reason, "flaky: 1 of 2 answers differs from the first");
  EXPECT_EQ(report.failures[0].expected, "right");
  EXPECT_EQ(report.failures[0].actual, "changed");
}

TEST(RunPlan, WhatWentWrongBeforeIsAProblemOfTheRun) {
  const Corpus corpus = MakeTestCorpus();
  Plan plan = MakeTestPlan(corpus, {Right("a")});
  plan.problems = {{"rust can't be built", {"ports/rust/port.yaml", 0, 0}, ""}};
  const RunReport report = RunPlan(plan, {});
  EXPECT_EQ(report.problems, plan.problems);
  EXPECT_EQ(report.totals.failed, 1U);
}

TEST(CountAnswers, CountsAvailableSubjectsOnly) {
  const Corpus corpus = MakeTestCorpus();
  PlannedSubject missing;
  missing.info = {.id = "missing", .kind = "backend", .unavailable_because = "no library"};
  EXPECT_EQ(CountAnswers(MakeTestPlan(corpus, {Right("a"), missing, Right("b")}), 5), 60U);
}

}  // namespace
}  // namespace sigvet
