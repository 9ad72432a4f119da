#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "reports/bench_html_parts.h"
#include "reports/report.h"
#include "reports/test_bench_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportBenchHtml, Golden) { ExpectGolden("bench.html", RenderBenchHtml(SampleBenchReport())); }

TEST(ReportBenchHtml, AnotherParserReadsIt) {
  BenchReport one = SampleBenchReport();
  one.series.resize(1);
  ExpectGoodHtml({RenderBenchHtml(SampleBenchReport()), RenderBenchHtml(HostileBenchReport()),
                  RenderBenchHtml(one), RenderBenchHtml({})});
}

TEST(ReportBenchHtml, TheAnswerComesFirst) {
  const std::string html = RenderBenchHtml(SampleBenchReport());
  EXPECT_THAT(html, HasSubstr("<h1>Take builtin for all but hash/1024, where builtin and openssl "
                              "are equal</h1>"));
  EXPECT_LT(html.find("<h1>"), html.find("<svg class"));
}

TEST(ReportBenchHtml, NothingToChooseAmong) {
  BenchReport report = SampleBenchReport();
  std::erase_if(report.series,
                [](const BenchSeries& series) { return !series.contender.starts_with("openssl"); });
  const std::string html = RenderBenchHtml(report);
  EXPECT_THAT(html, HasSubstr("<h1>3 workloads timed</h1>"));
  EXPECT_THAT(html, Not(HasSubstr("Which backend to take")));
}

TEST(ReportBenchHtml, WideIntervalsAreMarked) {
  BenchReport report = SampleBenchReport();
  EXPECT_THAT(RenderBenchHtml(report), HasSubstr("1 of 11 intervals is wider than 10 %"));
  EXPECT_THAT(RenderBenchHtml(report), HasSubstr("4808..6506~<"));
  std::erase_if(report.series,
                [](const BenchSeries& series) { return series.contender == "botan-naive"; });
  EXPECT_THAT(RenderBenchHtml(report), Not(HasSubstr("class=\"warn\"")));
}

TEST(ReportBenchHtml, ChartsAreWhereThereIsSomethingToCompare) {
  const std::string html = RenderBenchHtml(SampleBenchReport());
  EXPECT_EQ(CountOf(html, "<svg class=\"bars\""), 3U);
  EXPECT_EQ(CountOf(html, "<article class=\"item\""), 4U);
}

TEST(ReportBenchHtml, AnchorsDiffer) {
  EXPECT_EQ(WorkloadAnchor("sign-request"), "w-sign-request");
  EXPECT_NE(WorkloadAnchor("a/b"), WorkloadAnchor("a-b"));
  EXPECT_NE(WorkloadAnchor("a/b"), WorkloadAnchor("a_2fb"));
  EXPECT_NE(WorkloadAnchor("A"), WorkloadAnchor("a"));
}

}  // namespace
}  // namespace sigvet
