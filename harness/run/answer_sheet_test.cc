#include "harness/run/answer_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>

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

/// One sigv4-sign case, of which all stages but the Authorization header are known.
struct SignSheet {
  explicit SignSheet(unsigned rounds = 1, std::uint32_t results = 1) {
    Case& c = corpus.cases.front();
    c.operation = FindOperation("sigv4-sign");
    c.expected = {{Find("canonical_request"), "request"}, {Find("signature"), "signature"}};
    plan = MakeTestPlan(corpus, {Nobody("a")});
    plan.selected.cases = {0};
    report.subjects = {plan.subjects[0].info};
    report.results.assign(results, {0, 0});
    sheet = std::make_unique<AnswerSheet>(plan, rounds, report);
  }

  const FieldSpec* Find(std::string_view name) const {
    return &*std::ranges::find(corpus.cases.front().operation->stages, name, &FieldSpec::name);
  }

  void Record(std::vector<StageValue> stages) const {
    sheet->Record(0, 0, {Answer::Kind::kOutput, std::move(stages), {}});
  }

  Corpus corpus = MakeTestCorpus();
  Plan plan;
  RunReport report;
  std::unique_ptr<AnswerSheet> sheet;
};

TEST(AnswerSheet, KeepsWhatMayBeWrongAndTheSignature) {
  const SignSheet test;
  test.Record({{test.Find("canonical_request"), "request"},
               {test.Find("string_to_sign"), "string"},
               {test.Find("signature"), "signature"},
               {test.Find("authorization"), "header"}});
  test.sheet->Finish();
  EXPECT_TRUE(test.sheet->TakeWrongAnswers().empty());

  const SignSheet wrong;
  const std::vector<StageValue> kept = {{wrong.Find("canonical_request"), "other request"},
                                        {wrong.Find("string_to_sign"), "string"},
                                        {wrong.Find("signature"), "signature"}};
  wrong.Record(kept);
  wrong.sheet->Finish();
  EXPECT_EQ(wrong.sheet->TakeWrongAnswers(), (WrongAnswers{{0, kept}}));

  const SignSheet right_request;
  right_request.Record({{right_request.Find("canonical_request"), "request"},
                        {right_request.Find("signature"), "other"}});
  right_request.sheet->Finish();
  EXPECT_EQ(right_request.sheet->TakeWrongAnswers(),
            (WrongAnswers{{0, {{right_request.Find("signature"), "other"}}}}));
}

// A thousandth of 64 MiB is 67108 bytes.
TEST(AnswerSheet, KeepsTheShortStagesWhereThereIsNoRoom) {
  const SignSheet test(1, 1000);
  test.Record({{test.Find("canonical_request"), std::string(60'000, 'a')},
               {test.Find("string_to_sign"), std::string(8'000, 'b')},
               {test.Find("signature"), "other"}});
  test.sheet->Finish();
  const WrongAnswers kept = test.sheet->TakeWrongAnswers();
  ASSERT_EQ(kept.size(), 1U);
  ASSERT_EQ(kept.at(0).size(), 2U);
  EXPECT_EQ(kept.at(0)[0].stage->name, "string_to_sign");
  EXPECT_EQ(kept.at(0)[1].value, "other");
}

TEST(AnswerSheet, KeepsNothingThatNoDefectExplains) {
  const SignSheet flaky(2);
  flaky.Record({{flaky.Find("signature"), "other"}});
  flaky.sheet->BeginNextRound();
  flaky.Record({{flaky.Find("signature"), "another"}});
  flaky.sheet->Finish();
  EXPECT_EQ(flaky.report.results[0].verdict, Verdict::kFail);
  EXPECT_TRUE(flaky.sheet->TakeWrongAnswers().empty());

  SignSheet refused;
  refused.corpus.cases.front().requirement = Requirement::kRefuse;
  refused.Record({{refused.Find("signature"), "other"}});
  refused.sheet->Finish();
  EXPECT_EQ(refused.report.results[0].verdict, Verdict::kFail);
  EXPECT_TRUE(refused.sheet->TakeWrongAnswers().empty());

  const Sheet primitive(1);
  primitive.Record(0, 0, "wrong");
  primitive.sheet->Finish();
  EXPECT_TRUE(primitive.sheet->TakeWrongAnswers().empty());

  // Of two answers the later one counts.
  const SignSheet mended;
  mended.Record({{mended.Find("signature"), "other"}});
  mended.Record({{mended.Find("signature"), "signature"}});
  mended.sheet->Finish();
  EXPECT_TRUE(mended.sheet->TakeWrongAnswers().empty());
}

}  // namespace
}  // namespace sigvet
