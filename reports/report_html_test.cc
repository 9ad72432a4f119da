#include <gtest/gtest.h>
#include <unistd.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "reports/html_links.h"
#include "reports/html_page.h"
#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

/// As many subjects and cases as a big run has. Every third result fails, each with another value;
/// half of the failures are explained, by three mistakes a subject.
RunReport BigReport(std::size_t subjects, std::size_t suites, std::size_t cases_per_suite) {
  RunReport report = PassingReport(subjects, suites, cases_per_suite);
  for (std::uint32_t i = 0; i < subjects * 3; ++i) {
    report.findings.push_back(
        {.subject = i / 3,
         .operation = "ses-smtp-password",
         .mistakes = {{"defect-" + std::to_string(i % 3), "mistake " + std::to_string(i % 3),
                       "do it otherwise", "key = HMAC-SHA-256(key, region)"}}});
  }
  for (std::uint32_t i = 0; i < report.results.size(); ++i) {
    RunReport::CaseResult& result = report.results[i];
    if ((result.case_index + result.subject) % 3 != 0) continue;
    result.verdict = Verdict::kFail;
    result.failure = static_cast<std::int32_t>(report.failures.size());
    std::string text = "GET\n/path/of/" + std::to_string(i) + "\n" + std::string(1500, 'x') + "\n";
    report.failures.push_back({"wrong canonical_request", "canonical_request", 1, 5, text + "a",
                               text + "b", "", "", "look at the path", ""});
    if (result.case_index % 2 == 0) {
      result.finding = static_cast<std::int32_t>(result.subject * 3 + result.case_index / 7 % 3);
      report.findings[static_cast<std::size_t>(result.finding)].results.push_back(i);
    }
    --report.totals.passed;
    ++report.totals.failed;
  }
  return report;
}

TEST(ReportHtml, Golden) {
  ExpectGolden("report.html", RenderHtml(SampleReport()));
  ExpectGolden("ports.html", RenderHtml(PortsReport()));
}

TEST(ReportHtml, EscapesAnyBytes) {
  EXPECT_EQ(EscapeHtml("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;'&amp;'&lt;/a&gt;");
  EXPECT_EQ(HtmlValue(" <\xff\n\xc3\xa9\\ "), "\\x20&lt;\\xff\\n\xc3\xa9\\\\\\x20");
  EXPECT_EQ(HtmlText("a \\n <\x1b[31m>\xe2\x80\xae"), "a \\n &lt;\\x1b[31m&gt;\\u{202e}");
}

TEST(ReportHtml, AnswersFirst) {
  const std::string sample = RenderHtml(SampleReport());
  EXPECT_NE(sample.find("<title>None of 4 subjects conforms - sigvet</title>"), sample.npos);
  const std::string passing = RenderHtml(PassingReport(3, 2, 5));
  EXPECT_NE(passing.find("<title>All 3 subjects conform - sigvet</title>"), passing.npos);
  EXPECT_NE(passing.find("<b>30</b> passed, <b>0</b> failed"), passing.npos);
  RunReport nothing = PassingReport(1, 0, 0);
  EXPECT_NE(RenderHtml(nothing).find("<title>No case was run - sigvet"), std::string::npos);
  RunReport interrupted = PassingReport(1, 1, 2);
  interrupted.context.interrupted = true;
  EXPECT_NE(RenderHtml(interrupted).find("<title>Interrupted; no failure until then"),
            std::string::npos);
  RunReport problem = PassingReport(1, 1, 2);
  problem.problems = {{"no case matches \"x\"", {}, ""}};
  problem.totals.failed = 1;
  EXPECT_NE(RenderHtml(problem).find("<title>1 failure, but no wrong answer"), std::string::npos);
}

TEST(ReportHtml, MarksWhatDiffers) {
  const std::string html = RenderHtml(SampleReport());
  EXPECT_NE(html.find("1f1a1f3d2a<ins>5f8</ins>f4be0c1"), html.npos);
  EXPECT_NE(html.find("1f1a1f3d2a<del>fff</del>f4be0c1"), html.npos);
  // A newline too many, and markup in the value.
  EXPECT_NE(html.find("&lt;a&gt;]]&gt;&quot;b&quot;<ins></ins>\n"), html.npos);
  EXPECT_NE(html.find("&lt;a&gt;]]&gt;&quot;b&quot;<del>\\n</del></pre>\n"
                      "<p>the actual value has a trailing newline too many</p>"),
            html.npos);
}

TEST(ReportHtml, LeadsFromACellToWhatExplainsIt) {
  const std::string html = RenderHtml(PortsReport());
  const std::size_t row = html.find("<th scope=\"row\">ses/published</th>");
  ASSERT_NE(row, html.npos);
  const std::string cells = html.substr(row, html.find("</tr>", row) - row);
  EXPECT_NE(cells.find("<b>3/5</b> <span class=\"why\"><a href=\"#F1\">F1</a> <a href=\"#E"),
            cells.npos)
      << cells;
}

TEST(ReportHtml, SaysOfAStageThatItAloneIsExplained) {
  RunReport report = SampleReport();
  report.findings[0].only_stage = "region_key";
  const std::string html = RenderHtml(report);
  EXPECT_NE(html.find("With this mistake exactly the region_key comes out that <b>"), html.npos);
  EXPECT_NE(html.find("explained is its region_key; "), html.npos);
}

TEST(ReportHtml, ACellLeadsToEachReasonOnce) {
  HtmlLinks links(PassingReport(1, 1, 1));
  for (const char* id : {"U1", "U-more", "U2", "U2", "U-more"}) links.Add(0, 0, id);
  EXPECT_EQ(links.Of(0, 0), (std::vector<std::string>{"U1", "U-more", "U2"}));
}

TEST(ReportHtml, SurvivesAnyBytes) {
  std::mt19937 random(7);
  std::vector<std::string> pages;
  for (int i = 0; i < 60; ++i) pages.push_back(RenderHtml(RandomReport(random)));
  ExpectGoodHtml(pages);
}

TEST(ReportHtml, IsGoodHtml) {
  ExpectGoodHtml({RenderHtml(SampleReport()), RenderHtml(PortsReport()),
                  RenderHtml(PassingReport(3, 2, 5)), RenderHtml(PassingReport(1, 0, 0)),
                  RenderHtml(RunReport())});
}

TEST(ReportHtml, StaysSmall) {
  const std::string many = RenderHtml(BigReport(15, 100, 20));
  EXPECT_LT(many.size(), std::size_t{3} << 20);
  EXPECT_GT(CountOf(many, "<article"), 100U);
  EXPECT_NE(many.find("the JSON report has all"), many.npos);
  // Every case in a suite of its own.
  const std::string suites = RenderHtml(BigReport(15, 2000, 1));
  EXPECT_LT(suites.size(), std::size_t{3} << 20);
  ExpectGoodHtml({many, suites});
  // Nothing is written of what passes.
  EXPECT_LT(RenderHtml(PassingReport(2, 5, 20000)).size(), std::size_t{40} << 10);
}

}  // namespace
}  // namespace sigvet
