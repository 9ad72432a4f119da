#include "reports/console_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const RunReport::Mistake kVersion = {"version-2", "the version byte is 2",
                                     "put the byte 0x04 before the MAC",
                                     "password = Base64(version byte + MAC)"};
const RunReport::Mistake kAlphabet = {"url-safe", "the alphabet is that of URLs",
                                      "use that of RFC 4648 section 4",
                                      "password = Base64(version byte + MAC)"};
const RunReport::Mistake kRegion = {"region-empty", "the region is empty", "read it", "region_key"};

/// The port `my-port` fails the `count` first cases, 10 a suite.
RunReport FailingPort(std::size_t count) {
  RunReport report = PassingReport(1, (count + 9) / 10, 10);
  report.subjects[0] = {"my-port", "port", "", "", "", "my-port", ""};
  for (std::size_t i = 0; i < count; ++i) {
    report.results[i].verdict = Verdict::kFail;
    report.results[i].failure = static_cast<std::int32_t>(i);
    report.failures.push_back({"wrong password", "password", 6, 6, "BHRD" + std::to_string(i),
                               "AHRD" + std::to_string(i)});
  }
  return report;
}

/// The finding explains the results `from` to `to`.
void Explain(RunReport& report, RunReport::Finding finding, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t i = from; i < to; ++i) {
    report.results[i].finding = static_cast<std::int32_t>(report.findings.size());
    finding.results.push_back(i);
  }
  report.findings.push_back(std::move(finding));
}

TEST(ConsoleFindings, NothingWhereThereIsNone) {
  EXPECT_EQ(RenderFindings(RunReport{}, {}), "");
  EXPECT_EQ(RenderKnownFindings(RunReport{}, {}), "");
  EXPECT_EQ(RenderFindings(FailingPort(3), {}), "");
}

TEST(ConsoleFindings, OneMistakeInManyCasesIsShownOnce) {
  RunReport report = FailingPort(42);
  report.suites[2] = "ses/published";
  for (RunReport::Case& c : report.cases) {
    if (c.suite == 2) c.id.replace(0, c.id.rfind('/'), "ses/published");
  }
  Explain(report, {.mistakes = {kVersion}}, 0, 40);
  EXPECT_EQ(RenderFindings(report, {.width = 100}),
            "FINDING my-port  one mistake explains 40 of its 42 failures: the version byte is 2\n"
            "    algorithm password = Base64(version byte + MAC)\n"
            "    do        put the byte 0x04 before the MAC\n"
            "    cases     ses/published: case-0, case-1, case-2, case-3; ses/suite-0: case-0, "
            "case-1, case-2,\n"
            "              case-3 and 32 more\n"
            "    example   ses/published/case-0  vectors/ses/suite-2.yaml:150\n"
            "              wrong password (stage 6 of 6)\n"
            "    expected  BHRD20\n"
            "    actual    AHRD20\n"
            "              ^\n"
            "    repeat    sigvet run --port my-port --filter ses/published/case-0\n");
  const std::string text = RenderConsole(report, {});
  EXPECT_EQ(CountOf(text, "FINDING"), 1U);
  EXPECT_EQ(CountOf(text, "FAIL "), 2U) << "those that it does not explain";
  EXPECT_LT(text.find("FINDING"), text.find("not explained: 2 failures\n"));
  EXPECT_LT(text.find("not explained"), text.find("FAIL ses/suite-4/case-0"));
  EXPECT_THAT(RenderConsole(report, {.quiet = true}), StartsWith("FINDING my-port"));
}

TEST(ConsoleFindings, HowManyOfTheFailures) {
  RunReport one = FailingPort(1);
  Explain(one, {.mistakes = {kVersion}}, 0, 1);
  EXPECT_THAT(RenderFindings(one, {}), HasSubstr("one mistake explains its one failure: the"));
  EXPECT_THAT(RenderConsole(one, {}), Not(HasSubstr("not explained")));
  RunReport all = FailingPort(3);
  Explain(all, {.mistakes = {kVersion}}, 0, 3);
  EXPECT_THAT(RenderFindings(all, {}), HasSubstr("explains all of its 3 failures: the"));
}

TEST(ConsoleFindings, TwoMistakesTogether) {
  RunReport report = FailingPort(2);
  Explain(report, {.mistakes = {kVersion, kAlphabet}}, 0, 2);
  EXPECT_THAT(RenderFindings(report, {.width = 150}),
              StartsWith("FINDING my-port  two mistakes together explain all of its 2 failures: "
                         "the version byte is 2, and the alphabet is that of URLs\n"
                         "    algorithm password = Base64(version byte + MAC)\n"
                         "    do        put the byte 0x04 before the MAC\n"
                         "    do        use that of RFC 4648 section 4\n"
                         "    cases     "));
}

TEST(ConsoleFindings, OtherMistakesThatGiveTheSame) {
  RunReport report = FailingPort(2);
  Explain(report, {.mistakes = {kVersion}, .alternatives = {{kRegion}, {kRegion, kAlphabet}}}, 0,
          2);
  EXPECT_THAT(RenderFindings(report, {.width = 120}),
              HasSubstr("    or        the region is empty: read it\n"
                        "    or        the region is empty, and the alphabet is that of URLs: read "
                        "it; use that of RFC 4648 section 4\n"
                        "    cases     "));
  report.findings[0].alternatives.assign(9, {kRegion});
  EXPECT_EQ(CountOf(RenderFindings(report, {}), "    or        the region"), 3U);
  EXPECT_THAT(RenderFindings(report, {}), HasSubstr("              or one of 6 more: see"));
}

TEST(ConsoleFindings, AWrongSecretIsNoMistakeOfThePort) {
  RunReport report = FailingPort(2);
  Explain(report, {.mistakes = {kRegion}, .is_about_secret = true}, 0, 2);
  EXPECT_THAT(RenderFindings(report, {.width = 120}),
              StartsWith("FINDING my-port  your port is right, its secret is not, in all of its 2 "
                         "failures: the region is empty\n"));
  report.subjects[0].kind = "backend";
  EXPECT_THAT(RenderFindings(report, {.width = 120}),
              StartsWith("FINDING my-port  the program is right, its secret is not, in all"));
}

TEST(ConsoleFindings, KnownFailuresAreALineAtTheEnd) {
  RunReport report = FailingPort(3);
  Explain(report, {.mistakes = {kVersion}}, 0, 2);
  Explain(report, {.mistakes = {kRegion}, .alternatives = {{kAlphabet}}}, 2, 3);
  report.results[1].verdict = Verdict::kExpectedFail;
  report.results[2].verdict = Verdict::kExpectedFail;
  const std::string text = RenderFindings(report, {});
  EXPECT_THAT(text, HasSubstr("explains its one failure: the version byte"));
  EXPECT_THAT(text, HasSubstr("    cases     ses/suite-0: case-0, case-1 (1 of them known)\n"));
  EXPECT_THAT(text, HasSubstr("    example   ses/suite-0/case-0  "));
  EXPECT_THAT(text, Not(HasSubstr("region")));
  EXPECT_EQ(RenderKnownFindings(report, {.width = 120}),
            "known: my-port: the region is empty (or another mistake that gives the same), in 1 "
            "case\n");
  EXPECT_THAT(RenderConsole(report, {.width = 120}), HasSubstr("\nknown: my-port: the region"));
  EXPECT_THAT(RenderConsole(report, {.quiet = true}), Not(HasSubstr("known: my-port")));
}

TEST(ConsoleFindings, ADisputedCaseStaysAMatterOfAll) {
  RunReport report = FailingPort(1);
  Explain(report, {.mistakes = {kVersion}}, 0, 1);
  report.results[0].verdict = Verdict::kDisputed;
  const std::string text = RenderConsole(report, {});
  EXPECT_THAT(text, HasSubstr("DISPUTED ses/suite-0/case-0"));
  EXPECT_THAT(text, Not(HasSubstr("FINDING")));
}

TEST(ConsoleFindings, ManyFindingsDoNotHideASubject) {
  RunReport report = FailingPort(100);
  report.subjects.push_back({"other", "port", "", "", "", "other", ""});
  for (std::uint32_t i = 0; i < 100; ++i) {
    report.results[i].subject = i / 90;
    Explain(report, {.subject = i / 90, .mistakes = {kVersion}}, i, i + 1);
  }
  const std::string text = RenderFindings(report, {});
  EXPECT_EQ(CountOf(text, "FINDING my-port"), 5U);
  EXPECT_EQ(CountOf(text, "FINDING other"), 5U);
  EXPECT_THAT(text, HasSubstr("\nand 90 more findings:\n"
                              "    my-port: the version byte is 2, in 1 case\n"));
  EXPECT_THAT(text, HasSubstr("\n    and 70 more: see --report json=FILE\n"));
}

TEST(ConsoleFindings, SaysWhatWasNotSearched) {
  RunReport report = FailingPort(3);
  report.not_searched = 1;
  EXPECT_THAT(RenderFindings(report, {}), StartsWith("1 wrong answer was not searched for two"));
  report.not_searched = 3;
  EXPECT_THAT(RenderConsole(report, {}), HasSubstr("\n3 wrong answers were not searched for two"));
}

TEST(ConsoleFindings, StaysWithinTheWidthAndShowsAnyBytes) {
  RunReport report = FailingPort(30);
  Explain(report,
          {.mistakes = {{"x", std::string(200, 'x') + "\xff\x1b[31m\n", "\xc3(", "\x01"}, kRegion},
           .alternatives = {{kVersion, {"", "\xfe ]]> ", "", ""}}}},
          0, 30);
  report.cases[0].id = "ses/suite-0/\xff\x1b";
  for (const std::size_t width : {40U, 60U, 80U, 200U}) {
    const std::string text = RenderFindings(report, {.width = width});
    ExpectFits(text, width);
    ExpectNoRawControls(text);
    EXPECT_THAT(text, HasSubstr("\\xff"));
  }
  EXPECT_EQ(WithoutColor(RenderFindings(report, {.color = true})), RenderFindings(report, {}));
  EXPECT_THAT(RenderFindings(report, {.color = true}), StartsWith("\x1b[31mFINDING\x1b[0m my-"));
}

}  // namespace
}  // namespace sigvet
