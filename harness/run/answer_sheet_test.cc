#include "harness/run/answer_sheet.h"

#include <gtest/gtest.h>

#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

PlannedSubject Nobody(std::string id) {
  return MakeTestSubject(std::move(id), [](const Case& c) { return TestOutput(c, "right"); });
}

/// A report of two cases for two subjects, and a third one between them that is unavailable.
struct Sheet {
  explicit Sheet(unsigned rounds) {
    PlannedSubject missing;
    missing.info = {.id = "missing", .kind = "port", .unavailable_because = "needs php"};
    plan = MakeTestPlan(corpus, {Nobody("a"), missing, Nobody("b")});
    plan.selected.cases = {0, 4};
    for (const PlannedSubject& subject : plan.subjects) report.subjects.push_back(subject.info);
    report.results = {{0, 0}, {0, 2}, {1, 0}, {1, 2}};
    sheet = std::make_unique<AnswerSheet>(plan, rounds, report);
  }

  void Record(std::size_t case_number, std::size_t subject, const std::string& text) const {
    sheet->Record(case_number, subject, TestOutput(corpus.cases[0], text));
  }

  Corpus corpus = MakeTestCorpus();
  Plan plan;
  RunReport report;
  std::unique_ptr<AnswerSheet> sheet;
};

TEST(AnswerSheet, FailuresStandInTheOrderOfTheResults) {
  const Sheet test(1);
  test.Record(1, 2, "wrong 4");
  test.Record(1, 0, "right");
  test.Record(0, 2, "wrong 2");
  test.Record(0, 0, "wrong 1");
  test.sheet->Finish();
  const RunReport& report = test.report;
  ASSERT_EQ(report.failures.size(), 3U);
  EXPECT_EQ(report.failures[0].actual, "wrong 1");
  EXPECT_EQ(report.failures[1].actual, "wrong 2");
  EXPECT_EQ(report.failures[2].actual, "wrong 4");
  EXPECT_EQ(report.results[2].verdict, Verdict::kPass);
  EXPECT_EQ(report.results[2].failure, -1);
  EXPECT_EQ(report.results[3].failure, 2);
}

TEST(AnswerSheet, OfTwoAnswersTheLaterOneCounts) {
  const Sheet test(1);
  for (std::size_t c = 0; c < 2; ++c) {
    test.Record(c, 0, c == 0 ? "wrong" : "right");
    test.Record(c, 0, c == 0 ? "right" : "wrong too");
    test.Record(c, 2, "right");
  }
  test.sheet->Finish();
  EXPECT_EQ(test.report.results[0].verdict, Verdict::kPass);
  EXPECT_EQ(test.report.results[2].verdict, Verdict::kFail);
  ASSERT_EQ(test.report.failures.size(), 1U);
  EXPECT_EQ(test.report.failures[0].actual, "wrong too");
}

TEST(AnswerSheet, WhatHasNoAnswerWasNotRun) {
  const Sheet test(1);
  test.Record(0, 0, "right");
  test.sheet->Finish();
  EXPECT_EQ(test.report.results[1].verdict, Verdict::kSkip);
  EXPECT_EQ(test.report.failures.size(), 3U);
  EXPECT_EQ(test.report.failures[0].reason, "not run: the run was interrupted");
}

TEST(AnswerSheet, AnswersThatChangeFail) {
  const Sheet test(3);
  for (unsigned round = 0; round < 3; ++round) {
    if (round > 0) test.sheet->BeginNextRound();
    test.Record(0, 0, "right");
    test.Record(0, 2, round == 1 ? "odd" : "right");
    test.Record(1, 0, "wrong");
    test.Record(1, 2, round == 0 ? "wrong" : "right");
  }
  test.sheet->Finish();
  const RunReport& report = test.report;
  EXPECT_EQ(report.results[0].verdict, Verdict::kPass);
  EXPECT_EQ(report.results[1].verdict, Verdict::kFail);
  ASSERT_EQ(report.failures.size(), 3U);
  EXPECT_EQ(report.failures[0].reason, "flaky: 1 of 3 answers differs from the first");
  EXPECT_EQ(report.failures[1].reason, "wrong text");
  EXPECT_EQ(report.failures[2].reason, "flaky: 2 of 3 answers differ from the first");
  EXPECT_EQ(report.failures[2].expected, "wrong");
  EXPECT_EQ(report.failures[2].actual, "right");
}

}  // namespace
}  // namespace sigvet
