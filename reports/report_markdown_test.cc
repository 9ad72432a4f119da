#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

// check_formats.py reads the same reports with cmark-gfm, GitHub's own parser.

namespace sigvet {
namespace {

/// GitHub shows no summary of a step that is larger: 1 MiB.
constexpr std::size_t kGithubLimit = 1024UL * 1024;

/// A run in which every result is a wrong answer of its own.
RunReport FailingReport(std::size_t subjects, std::size_t suites, std::size_t cases) {
  RunReport report = PassingReport(subjects, suites, cases);
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    report.results[i].verdict = Verdict::kFail;
    report.results[i].failure = static_cast<std::int32_t>(i);
    report.failures.push_back({"wrong " + std::to_string(i), "password", 1, 1, "a", "b"});
  }
  report.totals = {0, static_cast<std::uint32_t>(report.results.size()), 0};
  return report;
}

/// Expects that `parts` are in `text` in their order.
void ExpectInOrder(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t at = 0;
  for (const std::string& part : parts) {
    const std::size_t found = text.find(part, at);
    ASSERT_NE(found, text.npos) << part << " is not in\n" << text.substr(at, 2000);
    at = found + part.size();
  }
}

TEST(ReportMarkdown, Golden) {
  ExpectGolden("report.md", RenderMarkdown(SampleReport()));
  ExpectGolden("ports.md", RenderMarkdown(PortsReport()));
  ExpectGolden("passing.md", RenderMarkdown(PassingReport(3, 22, 5)));
}

TEST(ReportMarkdown, WhatMattersMostComesFirst) {
  ExpectInOrder(
      RenderMarkdown(SampleReport()),
      {"## ❌ sigvet: 12 failed, 25 passed, 2 skipped\n", "**Interrupted**", "\n### Findings\n",
       "the region was left out of the keys\n", "- **do**: derive the region key",
       "- **cases**: ", "- **example**: ", "^^^\n```\n",
       "```sh\nsigvet run --backend botan --filter ses/published/rust-sample",
       "\n### Failures without an explanation\n", "**FAIL** `primitives/base64/",
       "\n### Problems\n", "known.txt:3:1: no case matches", "\n### Suites and subjects\n",
       "| total |", "\n### Known failures\n", "\n### Subjects\n", "libressl",
       "\n### Environment\n"});
  ExpectInOrder(RenderMarkdown(PassingReport(1, 1, 1)), {"## ✅ sigvet: 1 passed\n"});
  ExpectInOrder(RenderMarkdown(RunReport{}), {"## ❌ sigvet: nothing ran\n"});
  RunReport interrupted = PassingReport(1, 1, 1);
  interrupted.context.interrupted = true;
  ExpectInOrder(RenderMarkdown(interrupted), {"## ❌ sigvet: 1 passed\n", "**Interrupted**"});
}

TEST(ReportMarkdown, WhatRepeatsAFailureIsOneCommand) {
  RunReport report = FailingReport(1, 1, 1);
  report.subjects[0].id = report.subjects[0].kind = "x; y";
  ExpectInOrder(RenderMarkdown(report), {"```sh\nsigvet run --backend 'x; y' --filter "});
}

TEST(ReportMarkdown, ALongMatrixIsFolded) {
  EXPECT_EQ(CountOf(RenderMarkdown(PassingReport(3, 20, 1)), "<details>"), 0U);
  const std::string folded = RenderMarkdown(PassingReport(3, 21, 1));
  EXPECT_EQ(CountOf(folded, "<details>"), 1U);
  EXPECT_EQ(CountOf(folded, "</details>"), 1U);
}

TEST(ReportMarkdown, SaysHowManyFailuresAreLeftOut) {
  const std::string text = RenderMarkdown(FailingReport(1, 10, 100));
  EXPECT_EQ(CountOf(text, "**FAIL**"), 50U);
  EXPECT_NE(text.find("And 950 more failures that are not shown: the JSON report"), text.npos);
}

TEST(ReportMarkdown, StaysBelowTheLimitWithManySuites) {
  const std::string text = RenderMarkdown(PassingReport(15, 12000, 1));
  EXPECT_LT(text.size(), kGithubLimit);
  EXPECT_GT(text.size(), kGithubLimit / 2);
  ExpectInOrder(text,
                {"| total | 12000 |", "</details>", " more suites left out", "### Environment"});
}

TEST(ReportMarkdown, StaysBelowTheLimitWithManySubjects) {
  const std::string text = RenderMarkdown(PassingReport(20000, 2, 1));
  EXPECT_LT(text.size(), kGithubLimit);
  ExpectInOrder(text, {"## ✅ sigvet: 40000 passed", "more subjects that are not shown"});
}

TEST(ReportMarkdown, StaysBelowTheLimitWithLongTexts) {
  RunReport report = FailingReport(10, 5, 5);
  for (Failure& failure : report.failures) {
    failure.reason.append(100000, '@').append(100000, '$');
    failure.hint = failure.expected = failure.reason;
    failure.actual.assign(200000, '`');
    failure.stderr_tail.assign(60000, '\n');
    failure.stderr_tail.append(60000, '|');
  }
  for (int i = 0; i < 1000; ++i) report.problems.push_back({std::string(2000, '#'), {}, ""});
  report.context.corpus_paths.assign(5, std::string(2000, '<'));
  for (RunReport::Subject& subject : report.subjects) subject.library.assign(100000, '*');
  for (RunReport::Case& c : report.cases) c.id.append(100000, '`');
  for (std::string& suite : report.suites) suite.append(100000, '&');
  for (RunReport::CaseResult& result : report.results) {
    if (result.case_index % 2 == 0) result.verdict = Verdict::kExpectedFail;
  }
  const std::string text = RenderMarkdown(report);
  EXPECT_LT(text.size(), kGithubLimit);
  ExpectInOrder(text, {" more failures that are not shown", "| total |"});
}

TEST(ReportMarkdown, SurvivesAnyBytes) {
  std::mt19937 random(7);
  for (int i = 0; i < 100; ++i) {
    const std::string text = RenderMarkdown(RandomReport(random));
    ASSERT_NO_FATAL_FAILURE(ExpectNoRawControls(text));
    ASSERT_LT(text.size(), kGithubLimit);
  }
}

}  // namespace
}  // namespace sigvet
