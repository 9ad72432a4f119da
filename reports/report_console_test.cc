#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// `count` cases that the first subject fails, each in its own way.
RunReport FailingReport(std::size_t count) {
  RunReport report = PassingReport(2, 3, (count + 2) / 3);
  for (std::size_t i = 0; i < count; ++i) {
    report.results[2 * i].verdict = Verdict::kFail;
    report.results[2 * i].failure = static_cast<std::int32_t>(i);
    report.failures.push_back({"wrong mac", "mac", 1, 2, std::to_string(i), "x"});
  }
  report.totals.failed = static_cast<std::uint32_t>(count);
  report.totals.passed -= report.totals.failed;
  return report;
}

TEST(ReportConsole, ShowsThePartThatDiffersWhereTheReasonNamesOne) {
  RunReport report = FailingReport(1);
  Failure& failure = report.failures.front();
  failure.reason = "wrong url: parameter E";
  failure.stage = "url";
  failure.expected = "https://h/?E=60&D=1";
  failure.actual = "https://h/?D=1&E=70";
  failure.expected_part = "E=60";
  failure.actual_part = "E=70";
  const std::string text = RenderConsole(report, {});
  EXPECT_THAT(text, HasSubstr("    expected  E=60\n"
                              "    actual    E=70\n"
                              "                ^\n"));
  EXPECT_THAT(text, Not(HasSubstr("https://")));
}

TEST(ReportConsole, Golden) {
  ExpectGolden("console_80.txt", RenderConsole(SampleReport(), {}));
  ExpectGolden("console_60.txt", RenderConsole(SampleReport(), {.width = 60}));
  ExpectGolden("console_quiet.txt", RenderConsole(SampleReport(), {.quiet = true}));
  ExpectGolden("console_passing.txt", RenderConsole(PassingReport(4, 3, 24), {}));
  ExpectGolden("console_ports.txt", RenderConsole(PortsReport(), {}));
  ExpectGolden("console_15_subjects.txt", RenderConsole(PassingReport(15, 2, 100), {}));
}

TEST(ReportConsole, StaysWithinTheWidth) {
  for (const std::size_t width : {60, 80, 120}) {
    ExpectFits(RenderConsole(SampleReport(), {.width = width}), width);
    ExpectFits(RenderConsole(PassingReport(4, 3, 24), {.width = width}), width);
    ExpectFits(RenderConsole(PassingReport(15, 3, 24), {.width = width}), width);
    ExpectFits(RenderConsole(PortsReport(), {.width = width}), width);
    ExpectFits(RenderConsole(FailingReport(60), {.width = width}), width);
  }
}

TEST(ReportConsole, ColorAddsNothingButColor) {
  const std::string plain = RenderConsole(SampleReport(), {});
  EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
  const std::string colored = RenderConsole(SampleReport(), {.color = true});
  EXPECT_THAT(colored, HasSubstr("  \x1b[31m    !1/2\x1b[0m  "));
  EXPECT_EQ(WithoutColor(colored), plain);
}

TEST(ReportConsole, TheLastLineCounts) {
  EXPECT_EQ(Lines(RenderConsole(SampleReport(), {.color = true})).back(),
            "25 passed, 12 failed, 2 skipped");
  EXPECT_EQ(Lines(RenderConsole(PassingReport(1, 1, 3), {})).back(), "3 passed, 0 failed");
  EXPECT_EQ(RenderConsole(PassingReport(4, 3, 24), {.quiet = true}), "288 passed, 0 failed\n");
  EXPECT_EQ(Lines(RenderConsole(RunReport{}, {})).back(), "0 passed, 0 failed");
}

TEST(ReportConsole, AFailureOfSeveralSubjectsIsShownOnce) {
  RunReport report = SampleReport();
  report.findings.clear();
  for (RunReport::CaseResult& result : report.results) result.finding = -1;
  const std::string text = RenderConsole(report, {});
  EXPECT_EQ(CountOf(text, "FAIL ses/published/rust-sample"), 1U);
  EXPECT_THAT(text, HasSubstr("botan, cryptopp: wrong region_key (stage 2 of 6)"));
  EXPECT_EQ(CountOf(text, "DISPUTED ses/published/v2-disputed"), 1U);
  EXPECT_THAT(text, HasSubstr("4 backends agree with each other but not with the case"));
}

TEST(ReportConsole, DifferentFailuresOfACaseAreShownEach) {
  RunReport report = PassingReport(3, 1, 1);
  for (std::size_t j = 0; j < 3; ++j) {
    report.results[j].verdict = Verdict::kFail;
    report.results[j].failure = static_cast<std::int32_t>(j);
    report.failures.push_back({"wrong mac", "mac", 1, 2, "aa", j == 1 ? "cc" : "bb"});
  }
  const std::string text = RenderConsole(report, {});
  EXPECT_EQ(CountOf(text, "FAIL ses/suite-0/case-0"), 2U);
  EXPECT_THAT(text, HasSubstr("subject-01, subject-03: wrong mac"));
  EXPECT_THAT(text, HasSubstr("subject-02: wrong mac"));
}

TEST(ReportConsole, TheCommandRepeatsTheCase) {
  RunReport report = FailingReport(1);
  EXPECT_THAT(RenderConsole(report, {}),
              HasSubstr("sigvet run --backend subject-01 --filter ses/suite-0/case-0\n"));
  report.context.corpus_paths = {"a.yaml", "it's.yaml"};
  EXPECT_THAT(RenderConsole(report, {}),
              HasSubstr(" --filter ses/suite-0/case-0 --corpus a.yaml --corpus 'it'\\''s.yaml'\n"));
  report.context.suite_paths = {"aws-sig-v4:my suite"};
  report.context.known_failing_paths = {"known.txt"};
  EXPECT_THAT(
      RenderConsole(report, {}),
      HasSubstr("it'\\''s.yaml' --suite 'aws-sig-v4:my suite' --known-failing known.txt\n"));
  report.results[0].verdict = Verdict::kDisputed;
  report.results[1].verdict = Verdict::kDisputed;
  EXPECT_THAT(RenderConsole(report, {}),
              HasSubstr("sigvet run --filter ses/suite-0/case-0 --corpus"));
}

TEST(ReportConsole, SuitesAreNamedAsTheyWereGiven) {
  RunReport report = PassingReport(1, 5, 1);
  report.context.suite_paths = {"aws-sig-v4:a", "aws-sig-v4:b"};
  EXPECT_THAT(RenderConsole(report, {}),
              HasSubstr("corpus    aws-sig-v4:a, aws-sig-v4:b (5 files): 5 cases, digest"));
  report.context.corpus_paths = {"mine"};
  EXPECT_THAT(RenderConsole(report, {}),
              HasSubstr("corpus    mine, aws-sig-v4:a, aws-sig-v4:b (5 files): 5 cases"));
}

TEST(ReportConsole, ManyFailuresAreCountedAndNamed) {
  const std::string text = RenderConsole(FailingReport(60), {});
  EXPECT_EQ(CountOf(text, "FAIL ses/"), 10U);
  EXPECT_THAT(text, HasSubstr("\nand 50 more, in 50 cases: see --report json=FILE\n"));
  EXPECT_THAT(text, HasSubstr("ses/suite-1: case-0, case-1,"));
  EXPECT_EQ(CountOf(text, "and 10 more\n"), 2U) << text;
  EXPECT_EQ(Lines(text).back(), "60 passed, 60 failed");
}

TEST(ReportConsole, ASubjectWithManyFailuresDoesNotHideTheOthers) {
  RunReport report = FailingReport(300);
  RunReport::CaseResult& other = report.results[2 * 250 + 1];
  other.verdict = Verdict::kFail;
  other.failure = static_cast<std::int32_t>(report.failures.size());
  report.failures.push_back({"wrong mac", "mac", 1, 2, "aa", "bb"});
  const std::string text = RenderConsole(report, {});
  EXPECT_EQ(CountOf(text, "FAIL ses/"), 11U);
  EXPECT_THAT(text, HasSubstr("    subject-02: wrong mac"));
  EXPECT_THAT(text, HasSubstr("\nand 290 more, in 290 cases"));
}

TEST(ReportConsole, ManySubjectsWithManyFailuresAreShownOnceEach) {
  RunReport report = PassingReport(30, 1, 30);
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    report.results[i].verdict = Verdict::kFail;
    report.results[i].failure = static_cast<std::int32_t>(i);
    report.failures.push_back({"wrong mac", "mac", 1, 2, std::to_string(i), "x"});
  }
  const std::string text = RenderConsole(report, {});
  EXPECT_EQ(CountOf(text, "FAIL ses/"), 30U);
  EXPECT_THAT(text, HasSubstr("    subject-30: wrong mac"));
  EXPECT_THAT(text, HasSubstr("\nand 870 more, in 29 cases"));
}

TEST(ReportConsole, APortIsNamedAsItWasGiven) {
  const std::string text = RenderConsole(PortsReport(), {});
  EXPECT_THAT(text, HasSubstr("sigvet run --port node --filter ses/published/wrong\n"));
  EXPECT_THAT(text,
              HasSubstr("sigvet run --port './it'\\''s mine/' --filter ses/published/crash\n"));
  EXPECT_THAT(text, HasSubstr("mine/' --repeat 3 --filter ses/published/flaky\n"));
  RunReport unnamed = PortsReport();
  for (RunReport::Subject& subject : unnamed.subjects) subject.named_as.clear();
  unnamed.context.corpus_paths = {"my cases"};
  EXPECT_THAT(RenderConsole(unnamed, {}), Not(HasSubstr("repeat")));
  EXPECT_THAT(RenderConsole(unnamed, {}),
              HasSubstr("    show      sigvet show ses/published/wrong --corpus 'my cases'\n"));
}

TEST(ReportConsole, WhatIsVisibleAlreadyIsNotEscapedAgain) {
  EXPECT_THAT(RenderConsole(PortsReport(), {}), HasSubstr("not JSON: \"debug: \\x1b[1m\"\n"));
}

TEST(ReportConsole, TheEndOfStandardErrorIsShownOnce) {
  const std::string text = RenderConsole(PortsReport(), {});
  EXPECT_THAT(text, HasSubstr("    stderr    line 6 of what it said\n"
                              "              line 7 of what it said\n"));
  EXPECT_THAT(text, Not(HasSubstr("line 5 of")));
  EXPECT_EQ(CountOf(text, "Warning: \\x1b[33mold"), 1U);
  EXPECT_EQ(CountOf(text, "broken wrote to standard error"), 1U);
  RunReport passing = PassingReport(1, 1, 1);
  passing.subjects[0].stderr_tail = "just a warning\n";
  EXPECT_THAT(RenderConsole(passing, {}), Not(HasSubstr("warning")));
}

TEST(ReportConsole, ALongLineOfStandardErrorIsShortened) {
  RunReport report = PortsReport();
  report.failures[1].stderr_tail = std::string(60'000, 'x');
  ExpectFits(RenderConsole(report, {}), 80);
  EXPECT_LT(CountOf(RenderConsole(report, {}), "x"), 400U);
}

TEST(ReportConsole, SuitesInWhichNothingRanAreNamedOnly) {
  const std::string text = RenderConsole(PortsReport(), {});
  EXPECT_EQ(CountOf(text, "sigv4/events"), 1U);
  EXPECT_THAT(text,
              HasSubstr("(2 suites are not shown, for nothing ran of their 2 cases: sigv4/events,\n"
                        "sigv4/chunks)\n"));
  RunReport nothing = PortsReport();
  for (RunReport::CaseResult& result : nothing.results) result.verdict = Verdict::kSkip;
  EXPECT_THAT(RenderConsole(nothing, {}),
              HasSubstr("(3 suites are not shown, for nothing ran of their 7"));
  EXPECT_THAT(RenderConsole(nothing, {}), Not(HasSubstr("total")));
}

TEST(ReportConsole, LongSuiteNamesAreShortenedInTheMiddle) {
  RunReport report = PassingReport(4, 1, 2);
  report.suites[0] = "ses/" + std::string(60, 'x') + "/end";
  const std::string text = RenderConsole(report, {});
  EXPECT_THAT(text, HasSubstr("ses/xxxxxx"));
  EXPECT_THAT(text, HasSubstr("xx..xx"));
  EXPECT_THAT(text, HasSubstr("xx/end  "));
  ExpectFits(text, 80);
}

TEST(ReportConsole, InterruptedRunsSaySo) {
  const std::vector<std::string> lines = Lines(RenderConsole(SampleReport(), {}));
  EXPECT_THAT(lines[lines.size() - 2], HasSubstr("interrupted"));
}

TEST(ReportConsole, SurvivesAnyBytes) {
  std::mt19937 random(3);
  for (int i = 0; i < 100; ++i) {
    const RunReport report = RandomReport(random);
    const std::string text = RenderConsole(report, {});
    ASSERT_NO_FATAL_FAILURE(ExpectNoRawControls(text));
    ASSERT_EQ(Lines(text).back(), "25 passed, 12 failed, 2 skipped");
  }
}

}  // namespace
}  // namespace sigvet
