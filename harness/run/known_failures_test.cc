#include "harness/run/known_failures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/run/runner.h"
#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;

ParsedKnownFailures Parse(std::string_view text) {
  ParsedKnownFailures parsed;
  ParseKnownFailures("known.txt", text, parsed);
  return parsed;
}

std::string ErrorLines(const ParsedKnownFailures& parsed) {
  std::string lines;
  for (const Error& error : parsed.errors) lines += ToString(error) + "\n";
  return lines;
}

/// Runs two suites of three cases on `good`, which is right, and `bad`, which is wrong in s.
RunReport RunWith(std::string_view known_text) {
  const ParsedKnownFailures parsed = Parse(known_text);
  EXPECT_TRUE(parsed.errors.empty());
  const Corpus corpus = MakeTestCorpus();
  Plan plan = MakeTestPlan(
      corpus, {MakeTestSubject("good", [](const Case& c) { return TestOutput(c, "right"); }),
               MakeTestSubject("bad", [](const Case& c) {
                 return TestOutput(c, c.suite == 0 ? "wrong" : "right");
               })});
  plan.selected.cases = {0, 1, 3};  // s/one, s/two, t/one
  const std::vector<std::string> subject_ids = {"good", "bad", "unused"};
  return RunPlan(plan, {.known_failures = parsed.known, .subject_ids = subject_ids});
}

TEST(ParseKnownFailures, ReadsSubjectCaseAndReason) {
  const ParsedKnownFailures parsed =
      Parse("# a comment\n\n  botan:ses/*   # wrong password\r\nsigv4/a#b\n");
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
  EXPECT_EQ(ErrorLines(Parse("a b\n:x\nbotan:\nx\n*:x # again\n\xff\n")),
            "known.txt:1: a pattern with a blank in it: a b (a line is [SUBJECT:]CASE [# REASON])\n"
            "known.txt:2: a known failure without a pattern (a line is [SUBJECT:]CASE [# REASON])\n"
            "known.txt:3: a known failure without a pattern (a line is [SUBJECT:]CASE [# REASON])\n"
            "known.txt:5: the same pattern again: *:x\n"
            "known.txt:6: not UTF-8\n");
}

TEST(ParseKnownFailures, HasLimits) {
  EXPECT_EQ(ErrorLines(Parse(std::string(1001, 'a'))),
            "known.txt:1: a line of more than 1000 bytes\n");
  std::string many;
  for (int i = 0; i <= 10'000; ++i) many += "case-" + std::to_string(i) + "\n";
  EXPECT_EQ(ErrorLines(Parse(many)), "known.txt:10001: more than 10000 known failures\n");
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

TEST(KnownFailures, OneOfSeveralReasonsIsEnoughAndTheOrderDoesNotCount) {
  for (const char* known :
       {"bad:s # refused\nbad:s/* # refused\n", "s # refused\nbad:s # refused\n"}) {
    EXPECT_EQ(RunWith(known).totals.failed, known[0] == 's' ? 4U : 2U) << known;
  }
  EXPECT_EQ(RunWith("bad:s # refused\nbad:s/* # wrong text\n").totals.failed, 0U);
  EXPECT_EQ(RunWith("bad:s # wrong text\nbad:s/* # refused\n").totals.failed, 0U);
}

TEST(KnownFailures, OneThatAnInterruptKeptFromRunningIsLeftAlone) {
  const Corpus corpus = MakeTestCorpus();
  const std::atomic<bool> interrupted = true;
  const ParsedKnownFailures parsed = Parse("s/one\n");
  const std::vector<std::string> subject_ids = {"a"};
  const auto right = [](const Case& c) { return TestOutput(c, "right"); };
  const RunReport report = RunPlan(
      MakeTestPlan(corpus, {MakeTestSubject("a", right)}),
      {.known_failures = parsed.known, .subject_ids = subject_ids, .interrupted = &interrupted});
  EXPECT_TRUE(report.problems.empty());
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
  const ParsedKnownFailures parsed = Parse("missing:s/one\n");
  const std::vector<std::string> subject_ids = {"missing"};
  const auto right = [](const Case& c) { return TestOutput(c, "right"); };
  const RunReport report = RunPlan(MakeTestPlan(corpus, {missing, MakeTestSubject("a", right)}),
                                   {.known_failures = parsed.known, .subject_ids = subject_ids});
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_THAT(report.problems[0].message,
              HasSubstr("never ran: missing:s/one; missing is unavailable"));
}

/// The manifest of the port `bad`, which says that it fails some cases.
PortManifest ManifestOf(std::vector<std::pair<std::string, std::string>> cases_and_reasons) {
  PortManifest manifest;
  manifest.file = "ports/bad/port.yaml";
  manifest.id = "bad";
  std::uint32_t line = 20;
  for (auto& [pattern, reason] : cases_and_reasons) {
    manifest.known_failures.push_back({pattern, reason, {manifest.file, line++, 5}});
  }
  return manifest;
}

/// Runs two suites of three cases on `good`, which is right, and `bad`, which answers by `bad`.
RunReport RunWithManifest(const PortManifest& manifest,
                          std::function<Answer(const Case&)> bad_answers) {
  const Corpus corpus = MakeTestCorpus();
  PlannedSubject bad = MakeTestSubject("bad", std::move(bad_answers));
  bad.info.kind = "port";
  const Plan plan = MakeTestPlan(
      corpus, {MakeTestSubject("good", [](const Case& c) { return TestOutput(c, "right"); }), bad});
  const std::vector<std::string> subject_ids = {"good", "bad"};
  return RunPlan(plan, {.known_failures = KnownFailuresOf(manifest), .subject_ids = subject_ids});
}

Answer WrongInFirstSuite(const Case& c) { return TestOutput(c, c.suite == 0 ? "wrong" : "right"); }

std::string ProblemLines(const RunReport& report) {
  std::string lines;
  for (const Error& problem : report.problems) lines += ToString(problem) + "\n";
  return lines;
}

TEST(KnownFailuresOfPorts, AreOfThatPortAlone) {
  const RunReport report = RunWithManifest(ManifestOf({{"s/*", "wrong text"}}), WrongInFirstSuite);
  EXPECT_EQ(report.totals.failed, 0U);
  EXPECT_EQ(report.results[0].verdict, Verdict::kPass);
  EXPECT_EQ(report.results[1].verdict, Verdict::kExpectedFail);
}

TEST(KnownFailuresOfPorts, AreHeldToTheirReason) {
  const RunReport report = RunWithManifest(
      ManifestOf({{"s", "wrong password"}, {"t/one", "wrong text"}}), WrongInFirstSuite);
  EXPECT_EQ(report.totals.failed, 4U);
  EXPECT_EQ(report.failures[0].reason,
            "wrong text (ports/bad/port.yaml:20:5 knows it to fail with \"wrong password\")");
  EXPECT_EQ(report.failures.back().reason,
            "passed, but is known to fail: take it out of ports/bad/port.yaml:21:5");
}

TEST(KnownFailuresOfPorts, OneThatMatchesNoCaseOfItsSuiteFailsTheRun) {
  EXPECT_EQ(ProblemLines(RunWithManifest(ManifestOf({{"s", ""}, {"t/one-too-many", ""}}),
                                         WrongInFirstSuite)),
            "ports/bad/port.yaml:21:5: a known failure matches no case: t/one-too-many\n");
}

TEST(KnownFailuresOfPorts, OneOfASuiteThatIsNotThereIsLeftAlone) {
  EXPECT_EQ(ProblemLines(
                RunWithManifest(ManifestOf({{"s", ""}, {"ses/regions/*", ""}}), WrongInFirstSuite)),
            "");
}

TEST(KnownFailuresOfPorts, OneThatThePortSkipsFailsTheRunUnlessItSkipsAll) {
  const PortManifest manifest = ManifestOf({{"t/one", ""}});
  const Answer unsupported = {Answer::Kind::kUnsupported, {}, "no"};
  EXPECT_EQ(
      ProblemLines(RunWithManifest(
          manifest,
          [&](const Case& c) { return c.suite == 1 ? unsupported : TestOutput(c, "right"); })),
      "ports/bad/port.yaml:20:5: a known failure never ran: bad:t/one\n");
  EXPECT_EQ(ProblemLines(RunWithManifest(manifest, [&](const Case&) { return unsupported; })), "");
}

// 10 000 lines and 10 000 cases are 100 million pairs: trying them all would take minutes.
TEST(KnownFailures, ManyLinesAndManyCases) {
  const Corpus corpus = MakeTestCorpus(5000);
  std::vector<KnownFailure> known;
  for (int i = 0; i < 10'000; ++i) {
    known.push_back({"*", "t/case-" + std::to_string(i) + "-*", "", {}});
  }
  const std::vector<std::string> subject_ids = {"a"};
  const auto right = [](const Case& c) { return TestOutput(c, "right"); };
  const RunReport report = RunPlan(MakeTestPlan(corpus, {MakeTestSubject("a", right)}),
                                   {.known_failures = known, .subject_ids = subject_ids});
  EXPECT_EQ(report.problems.size(), 10'000U);
  EXPECT_EQ(report.totals.passed, 10'000U);
}

}  // namespace
}  // namespace sigvet
