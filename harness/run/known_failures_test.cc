#include "harness/run/known_failures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/run/runner.h"
#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;

/// Runs two suites of three cases on `good`, which is right, and `bad`, which is wrong in s.
RunReport RunWith(std::string_view known_text) {
  const ParsedKnownFailures parsed = ParseKnownFailures("known.txt", known_text);
  EXPECT_TRUE(parsed.errors.empty());
  const Corpus corpus = MakeTestCorpus();
  Plan plan = MakeTestPlan(
      corpus, {MakeTestSubject("good", [](const Case& c) { return TestOutput(c, "right"); }),
               MakeTestSubject("bad", [](const Case& c) {
                 return TestOutput(c, c.suite == 0 ? "wrong" : "right");
               })});
  plan.cases = {0, 1, 3};  // s/one, s/two, t/one
  const std::vector<std::string> subject_ids = {"good", "bad", "unused"};
  return RunPlan(plan, {.known_failures = parsed.known, .subject_ids = subject_ids});
}

TEST(ParseKnownFailures, ReadsSubjectCaseAndReason) {
  const ParsedKnownFailures parsed = ParseKnownFailures(
      "known.txt", "# a comment\n\n  botan:ses/*   # wrong password\r\nsigv4/a#b\n");
  ASSERT_TRUE(parsed.errors.empty());
  ASSERT_EQ(parsed.known.size(), 2U);
  EXPECT_EQ(parsed.known[0].subject_pattern, "botan");
  EXPECT_EQ(parsed.known[0].case_pattern, "ses/*");
  EXPECT_EQ(parsed.known[0].reason, "wrong password");
  EXPECT_EQ(parsed.known[0].place, (Place{"known.txt", 3, 0}));
  EXPECT_EQ(parsed.known[1].subject_pattern, "*");
  EXPECT_EQ(parsed.known[1].case_pattern, "sigv4/a#b");
  EXPECT_EQ(parsed.known[1].reason, "");
}

TEST(ParseKnownFailures, CollectsEveryError) {
  const ParsedKnownFailures parsed =
      ParseKnownFailures("known.txt", "a b\n:x\nbotan:\nx\n*:x # again\n\xff\n");
  std::string errors;
  for (const Error& error : parsed.errors) errors += ToString(error) + "\n";
  EXPECT_EQ(errors,
            "known.txt:1: a pattern with a blank in it: a b (a line is [SUBJECT:]CASE [# REASON])\n"
            "known.txt:2: a known failure without a pattern (a line is [SUBJECT:]CASE [# REASON])\n"
            "known.txt:3: a known failure without a pattern (a line is [SUBJECT:]CASE [# REASON])\n"
            "known.txt:5: the same pattern again (it stands at known.txt:4 too)\n"
            "known.txt:6: not UTF-8\n");
}

TEST(KnownFailures, ExpectedFailuresPassTheRun) {
  const RunReport report = RunWith("bad:s  # wrong text\n");
  EXPECT_EQ(report.totals.failed, 0U);
  EXPECT_EQ(report.totals.passed, 6U);
  EXPECT_EQ(report.results[1].verdict, Verdict::kExpectedFail);
}

TEST(KnownFailures, OneThatPassesFailsTheRun) {
  const RunReport report = RunWith("bad:s\ngood:t/one\n");
  EXPECT_EQ(report.totals.failed, 1U);
  EXPECT_EQ(report.results[4].verdict, Verdict::kUnexpectedPass);
  EXPECT_EQ(report.failures[static_cast<std::size_t>(report.results[4].failure)].reason,
            "passed, but is known to fail: take it out of known.txt:2");
}

TEST(KnownFailures, OneThatFailsDifferentlyFailsTheRun) {
  const RunReport report = RunWith("bad:s  # refused\n");
  EXPECT_EQ(report.totals.failed, 2U);
  EXPECT_EQ(report.results[1].verdict, Verdict::kFail);
  EXPECT_EQ(report.failures[0].reason,
            "wrong text (known.txt:1 knows it to fail with \"refused\")");
}

TEST(KnownFailures, OneThatMatchesNothingFailsTheRun) {
  const RunReport report = RunWith("bad:s\nbad:u/one\nbed:s\n");
  ASSERT_EQ(report.problems.size(), 2U);
  EXPECT_EQ(ToString(report.problems[0]), "known.txt:2: a known failure matches no case: u/one");
  EXPECT_EQ(ToString(report.problems[1]), "known.txt:3: a known failure matches no subject: bed");
  EXPECT_EQ(report.totals.failed, 2U);
}

TEST(KnownFailures, OneThatWasNotSelectedIsLeftAlone) {
  EXPECT_TRUE(RunWith("bad:s\nbad:t/two\nunused:s/one\n").problems.empty());
}

TEST(KnownFailures, OneWhoseSubjectIsUnavailableNeverRan) {
  const Corpus corpus = MakeTestCorpus();
  PlannedSubject missing;
  missing.info = {.id = "missing", .kind = "backend", .unavailable_because = "no library"};
  const ParsedKnownFailures parsed = ParseKnownFailures("known.txt", "missing:s/one\n");
  const std::vector<std::string> subject_ids = {"missing"};
  const RunReport report = RunPlan(MakeTestPlan(corpus, {missing}),
                                   {.known_failures = parsed.known, .subject_ids = subject_ids});
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_THAT(report.problems[0].message, HasSubstr("never ran"));
}

}  // namespace
}  // namespace sigvet
