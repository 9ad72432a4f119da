#include "harness/run/repeated_answer.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sigvet {
namespace {

const FieldSpec* StageNamed(std::string_view name) {
  for (const FieldSpec& stage : FindOperation("sigv4-signing-key")->stages) {
    if (stage.name == name) return &stage;
  }
  return nullptr;
}

/// A case that expects two of its four stages.
const Case& TestCase() {
  static const Case c = [] {
    Case made;
    made.operation = FindOperation("sigv4-signing-key");
    made.expected = {{StageNamed("date_key"), "d"}, {StageNamed("signing_key"), "s"}};
    return made;
  }();
  return c;
}

Answer Output(std::string region_key, std::string signing_key) {
  return {Answer::Kind::kOutput,
          {{StageNamed("date_key"), "d"},
           {StageNamed("region_key"), std::move(region_key)},
           {StageNamed("signing_key"), std::move(signing_key)}},
          {}};
}

Answer Of(Answer::Kind kind, std::string detail) { return {kind, {}, std::move(detail)}; }

/// Records an answer a round.
RepeatedAnswer Record(const std::vector<Answer>& answers) {
  RepeatedAnswer repeated;
  for (unsigned round = 0; round < answers.size(); ++round) {
    repeated.Record(TestCase(), round, answers[round]);
  }
  return repeated;
}

std::string ReasonOf(const std::vector<Answer>& answers) {
  const RepeatedAnswer repeated = Record(answers);
  return repeated.IsFlaky() ? repeated.ToFailure().reason : "";
}

TEST(RepeatedAnswer, TheSameAnswersAreNotFlaky) {
  EXPECT_FALSE(Record({}).IsFlaky());
  EXPECT_FALSE(Record({Output("r", "s")}).IsFlaky());
  // Neither where they are wrong.
  EXPECT_FALSE(Record({Output("r", "x"), Output("r", "x"), Output("r", "x")}).IsFlaky());
}

TEST(RepeatedAnswer, TheTextOfARefusalMayChange) {
  EXPECT_FALSE(
      Record({Of(Answer::Kind::kRefused, "no 1"), Of(Answer::Kind::kRefused, "no 2")}).IsFlaky());
}

TEST(RepeatedAnswer, NamesTheFirstStageThatDiffersAndBothValues) {
  const RepeatedAnswer repeated = Record({Output("r", "s"), Output("r", "s"), Output("q", "t")});
  ASSERT_TRUE(repeated.IsFlaky());
  const Failure failure = repeated.ToFailure();
  EXPECT_EQ(failure.reason, "flaky: 1 of 3 answers differs from the first");
  EXPECT_EQ(failure.stage, "region_key");
  EXPECT_EQ(failure.stage_number, 2U);
  EXPECT_EQ(failure.stage_count, 4U);
  EXPECT_EQ(failure.expected, "r");
  EXPECT_EQ(failure.actual, "q");
}

TEST(RepeatedAnswer, KnowsTheFirstValueAlsoWhereItWasTheExpectedOne) {
  const Failure failure =
      Record({Output("r", "s"), Output("r", "t"), Output("r", "u")}).ToFailure();
  EXPECT_EQ(failure.reason, "flaky: 2 of 3 answers differ from the first");
  EXPECT_EQ(failure.stage, "signing_key");
  EXPECT_EQ(failure.expected, "s");
  EXPECT_EQ(failure.actual, "t");
}

TEST(RepeatedAnswer, AWrongAnswerThatBecomesRightIsFlakyToo) {
  const Failure failure = Record({Output("r", "x"), Output("r", "s")}).ToFailure();
  EXPECT_EQ(failure.stage, "signing_key");
  EXPECT_EQ(failure.expected, "x");
  EXPECT_EQ(failure.actual, "s");
}

TEST(RepeatedAnswer, AStageThatComesOrGoes) {
  Answer without = Output("r", "s");
  without.stages.erase(without.stages.begin() + 1);
  EXPECT_EQ(ReasonOf({Output("r", "s"), without}),
            "flaky: 1 of 2 answers differs from the first: it has no region_key");
  EXPECT_EQ(ReasonOf({without, Output("r", "s")}),
            "flaky: 1 of 2 answers differs from the first: the first has no region_key");
  without.stages.erase(without.stages.begin());
  EXPECT_EQ(ReasonOf({Output("", "s"), without}),
            "flaky: 1 of 2 answers differs from the first: it has no date_key");
}

TEST(RepeatedAnswer, AnswersOfDifferentKinds) {
  Answer crash = Of(Answer::Kind::kCrash, "killed by SIGSEGV");
  crash.hint = "a hint";
  crash.stderr_tail = "oh";
  EXPECT_EQ(ReasonOf({Output("r", "s"), crash}),
            "flaky: 1 of 2 answers differs from the first: a crash (killed by SIGSEGV), not an "
            "output");
  const Failure failure = Record({Output("r", "s"), crash}).ToFailure();
  EXPECT_EQ(failure.hint, "a hint");
  EXPECT_EQ(failure.stderr_tail, "oh");
  EXPECT_EQ(failure.stage_number, 0U);
  EXPECT_EQ(ReasonOf({Of(Answer::Kind::kRefused, "no"), Of(Answer::Kind::kTimeout, "")}),
            "flaky: 1 of 2 answers differs from the first: a timeout, not a refusal");
}

TEST(RepeatedAnswer, WhatWasNotRunSaysNothing) {
  const Answer not_run = Of(Answer::Kind::kNotRun, "interrupted");
  EXPECT_FALSE(Record({Output("r", "s"), not_run}).IsFlaky());
  EXPECT_FALSE(Record({not_run, Output("r", "s"), Output("r", "t")}).IsFlaky());
  EXPECT_EQ(ReasonOf({Output("r", "s"), not_run, Output("r", "t")}),
            "flaky: 1 of 2 answers differs from the first");
}

TEST(RepeatedAnswer, TheLastAnswerOfARoundCounts) {
  RepeatedAnswer repeated;
  repeated.Record(TestCase(), 0, Output("r", "first"));
  repeated.Record(TestCase(), 0, Output("r", "s"));
  repeated.Record(TestCase(), 1, Output("r", "t"));
  EXPECT_TRUE(repeated.IsFlaky());
  repeated.Record(TestCase(), 1, Output("r", "s"));
  EXPECT_FALSE(repeated.IsFlaky());
  repeated.Record(TestCase(), 1, Output("r", "u"));
  EXPECT_EQ(repeated.ToFailure().reason, "flaky: 1 of 2 answers differs from the first");
  EXPECT_EQ(repeated.ToFailure().actual, "u");
}

TEST(RepeatedAnswer, OfWhatIsFarLongerThanTheFirstTheBeginningIsKept) {
  const std::string flood(std::size_t{8} << 20, 'v');
  EXPECT_LT(Record({Output("r", "s"), Output("r", flood)}).ToFailure().actual.size(), 100'000U);
  Answer without = Output("r", "s");
  without.stages.erase(without.stages.begin() + 1);
  EXPECT_LT(Record({without, Output(flood, "s")}).ToFailure().actual.size(), 100'000U);
}

TEST(RepeatedAnswer, OfLongValuesTheBeginningIsKept) {
  const std::string value(3 * kMaxKeptValue, 'v');
  std::string late = value;
  late.back() = 'w';
  std::string early = value;
  early.front() = 'w';
  EXPECT_FALSE(Record({Output(value, "s"), Output(value, "s")}).IsFlaky());
  EXPECT_EQ(ReasonOf({Output(value, "s"), Output(late, "s")}),
            "flaky: 1 of 2 answers differs from the first: region_key differs after its first 4096 "
            "bytes");
  const Failure failure = Record({Output(value, "s"), Output(early, "s")}).ToFailure();
  EXPECT_EQ(failure.reason, "flaky: 1 of 2 answers differs from the first");
  EXPECT_EQ(failure.expected, value.substr(0, kMaxKeptValue));
  EXPECT_EQ(failure.actual, early.substr(0, kMaxKeptValue));
}

}  // namespace
}  // namespace sigvet
