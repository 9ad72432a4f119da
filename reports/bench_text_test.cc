#include "reports/bench_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "bench/workload.h"
#include "reports/bench_numbers.h"
#include "reports/bench_table.h"
#include "reports/console_text.h"
#include "reports/test_bench_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::vector<std::string> kBackends = {"openssl", "botan", "cryptopp", "builtin"};

std::string Choice(const BenchReport& report, const ConsoleStyle& style) {
  return RenderBenchChoice(report, ChooseBackends(report, kBackends), style);
}

TEST(BenchTextTest, GoldenAsAscii) {
  ExpectGolden("bench_80.txt", RenderBench(SampleBenchReport(), {}));
}

TEST(BenchTextTest, GoldenAsUtf8) {
  ExpectGolden("bench_utf8.txt", RenderBench(SampleBenchReport(), {.width = 100, .utf8 = true}));
}

TEST(BenchTextTest, GoldenChoice) {
  ExpectGolden("bench_choice.txt", Choice(SampleBenchReport(), {}));
}

TEST(BenchTextTest, FitsAnyWidth) {
  BenchReport report = SampleBenchReport();
  report.series.push_back(
      SampleSeries("hash/1024", "builtin-avx512-sha-ni-of-the-future", "byte", 1024, 1024));
  for (const std::size_t width : {40U, 60U, 80U, 200U}) {
    for (const bool utf8 : {false, true}) {
      const ConsoleStyle style = {.width = width, .utf8 = utf8};
      ExpectFits(RenderBench(report, style), width);
      ExpectFits(Choice(report, style), width);
    }
  }
  EXPECT_THAT(RenderBench(report, {.width = 40}), Not(HasSubstr("##")));
  EXPECT_THAT(RenderBench(report, {.width = 40}), HasSubstr("x openssl"));
}

TEST(BenchTextTest, ColorChangesNothingElse) {
  for (const std::size_t width : {40U, 80U}) {
    const ConsoleStyle plain = {.width = width};
    const ConsoleStyle colored = {.color = true, .width = width};
    EXPECT_EQ(WithoutColor(RenderBench(SampleBenchReport(), colored)),
              RenderBench(SampleBenchReport(), plain));
    EXPECT_EQ(WithoutColor(Choice(SampleBenchReport(), colored)),
              Choice(SampleBenchReport(), plain));
  }
  EXPECT_THAT(RenderBench(SampleBenchReport(), {.color = true}), HasSubstr("\x1b[32mbuiltin "));
}

TEST(BenchTextTest, AnyBytesAreShown) {
  BenchReport report = SampleBenchReport();
  report.context.cpu = "\x1b[31m\xff";
  report.context.masks = {"OPENSSL_ia32cap=\n"};
  report.context.libraries[0].second = "\x01";
  report.series[0].workload = "w\x1b";
  report.series[1].contender = "\xfe\n";
  report.left_out[0].reason = "\r";
  ExpectNoRawControls(RenderBench(report, {}));
  ExpectNoRawControls(Choice(report, {}));
}

TEST(BenchTextTest, KnownWorkloadsHaveTheirTitle) {
  const Workload& workload = AllWorkloads().front();
  BenchReport report;
  report.series = {SampleSeries(workload.id, "openssl", "password", 2714)};
  EXPECT_THAT(RenderBench(report, {.width = 200}),
              HasSubstr("\n" + workload.id + "  " + workload.title + "\n"));
}

TEST(BenchTextTest, MasksAreNamed) {
  BenchReport report = SampleBenchReport();
  EXPECT_THAT(RenderBench(report, {}), Not(HasSubstr("masked")));
  report.context.masks = {"OPENSSL_ia32cap=~0x0:~0x20000000"};
  EXPECT_THAT(RenderBench(report, {}), HasSubstr("\nmasked    OPENSSL_ia32cap="));
}

TEST(BenchTextTest, QuietRoundsHaveNoWarning) {
  BenchReport report = SampleBenchReport();
  EXPECT_THAT(RenderBench(report, {}), HasSubstr("\nnoisy     ~ 1 of 11 intervals is wider"));
  EXPECT_THAT(RenderBench(report, {}), HasSubstr("4808..6506~"));
  std::erase_if(report.series,
                [](const BenchSeries& series) { return series.contender == "botan-naive"; });
  EXPECT_THAT(RenderBench(report, {}), Not(HasSubstr("noisy")));
  EXPECT_THAT(RenderBench(report, {}), Not(HasSubstr("~")));
  report.left_out.clear();
  EXPECT_THAT(RenderBench(report, {}), Not(HasSubstr("left out")));
}

TEST(BenchTextTest, ManyThatAreNoisyOrLeftOut) {
  BenchReport report;
  for (int i = 0; i < 30; ++i) {
    const std::string number = std::to_string(i);
    report.series.push_back(SampleSeries("w" + number, "openssl", "byte", 10, 1, 0.5));
    report.left_out.push_back({"v" + number, "", "no room"});
  }
  const std::string text = RenderBench(report, {});
  EXPECT_THAT(text, HasSubstr("noisy     ~ 30 of 30 intervals are wider"));
  EXPECT_THAT(text, HasSubstr("\n          v11: no room\n          and 18 more\n"));
}

TEST(BenchTextTest, TheAnswerComesFirst) {
  const std::vector<std::string> lines = Lines(RenderBench(SampleBenchReport(), {}));
  EXPECT_EQ(lines.at(2), "");
  EXPECT_EQ(lines.at(3), "one-key");
  EXPECT_EQ(Lines(Choice(SampleBenchReport(), {})).at(2), "");
}

TEST(BenchTextTest, LibrariesOfWhatWasTimedAndBarsWhereThereAre) {
  BenchReport report = SampleBenchReport();
  EXPECT_THAT(RenderBench(report, {}), HasSubstr("bars are faster"));
  EXPECT_THAT(RenderBench(report, {.width = 40}), Not(HasSubstr("bars")));
  EXPECT_THAT(RenderBench(report, {}), Not(HasSubstr("Crypto++")));
  report.series = {SampleSeries("one-key", "cryptopp-naive", "password", 2714)};
  const std::string text = RenderBench(report, {});
  EXPECT_THAT(text, HasSubstr("\nwith      Crypto++ 8.7.0 (SHANI)\n"));
  EXPECT_THAT(text, Not(HasSubstr("bars are faster")));
}

/// A report whose backends take these nanoseconds, in this order: openssl, botan, builtin.
BenchReport Simple(const std::vector<std::vector<double>>& workloads) {
  BenchReport report;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    const std::string workload(1, static_cast<char>('a' + i));
    const std::vector<double>& times = workloads[i];
    report.series.push_back(SampleSeries(workload, "openssl", "password", times[0]));
    report.series.push_back(SampleSeries(workload, "botan", "password", times[1]));
    report.series.push_back(SampleSeries(workload, "builtin", "password", times[2]));
  }
  return report;
}

/// The last line of the answer: the legend stands behind it.
std::string LastLine(const std::string& text) {
  return Lines(text.substr(0, text.find("\n\nlegend "))).back();
}

TEST(BenchTextTest, OverallSentence) {
  EXPECT_EQ(LastLine(Choice(Simple({{200, 300, 100}}), {})), "overall: builtin for a");
  EXPECT_EQ(LastLine(Choice(Simple({{200, 300, 100}, {200, 300, 100}}), {})),
            "overall: builtin for all 2 workloads");
  EXPECT_EQ(LastLine(Choice(Simple({{200, 300, 100}, {200, 300, 100}, {100, 300, 100}}), {})),
            "overall: builtin for all but c, where builtin and openssl are equal");
  EXPECT_EQ(LastLine(Choice(Simple({{200, 300, 100}, {100, 300, 200}, {200, 300, 100}}), {})),
            "overall: builtin for all but b, where openssl is the fastest");
  EXPECT_EQ(LastLine(Choice(Simple({{200, 300, 100}, {100, 300, 200}}), {})),
            "  b: openssl is the fastest");
  EXPECT_THAT(Choice(Simple({{200, 300, 100}, {100, 300, 200}}), {}),
              HasSubstr("\noverall: it depends\n  a: builtin is the fastest\n"));
  EXPECT_THAT(Choice(Simple({{200, 300, 100},
                             {200, 300, 100},
                             {200, 300, 100},
                             {100, 300, 200},
                             {100, 300, 100}}),
                     {}),
              HasSubstr("\noverall: builtin for all but these\n  d: openssl is the fastest\n"
                        "  e: builtin and openssl are equal\n"));
  EXPECT_EQ(LastLine(Choice(Simple({{100, 100, 100}}), {})),
            "overall: equally botan, builtin and openssl for a");
}

TEST(BenchTextTest, ReasonsOfAChoice) {
  const std::string text = Choice(Simple({{200, 300, 100}, {100, 300, 100}, {9, 9, 9}}), {});
  EXPECT_THAT(text, HasSubstr("\na  builtin  2.00 (2.00..2.00) times as fast as openssl\n"));
  EXPECT_THAT(
      text,
      HasSubstr("\nb  openssl and builtin: equal; 3.00 (3.00..3.00) times as fast as botan\n"));
  EXPECT_THAT(text, HasSubstr("\nc  all 3    equal\n"));
  BenchReport alone;
  alone.series = {SampleSeries("a", "botan", "password", 5)};
  EXPECT_THAT(Choice(alone, {}), HasSubstr("\na  botan  nothing else ran\n"));
  EXPECT_THAT(Choice(alone, {}), Not(HasSubstr("equal")));
}

BenchComparison Comparison(double fastest, double slowest, std::string item = "password") {
  return {"w",
          std::move(item),
          "openssl",
          {{"builtin", fastest, {fastest, fastest}, slowest / fastest},
           {"openssl", slowest, {slowest, slowest}, 1}}};
}

std::string Table(const BenchComparison& comparison, const ConsoleStyle& style = {}) {
  return RenderBenchTable(comparison, "", style).text;
}

TEST(BenchTableTest, OneUnitForAWorkload) {
  EXPECT_THAT(Table(Comparison(0.123, 0.5)), HasSubstr("ns/password"));
  EXPECT_THAT(Table(Comparison(9999, 2e6)), HasSubstr("ns/password"));
  const std::string text = RenderBenchTable(Comparison(15e3, 2e6), "A title", {}).text;
  EXPECT_THAT(text, StartsWith("w  A title\n"));
  EXPECT_THAT(text, HasSubstr("us/password"));
  EXPECT_THAT(text, HasSubstr(" 15.0 "));
  EXPECT_THAT(text, HasSubstr(" 2000.0 "));
  EXPECT_THAT(Table(Comparison(2e7, 2e7)), HasSubstr("ms/password"));
  EXPECT_THAT(Table(Comparison(2e10, 2e10)), HasSubstr(" s/password"));
}

TEST(BenchTableTest, BytesHaveThroughput) {
  const std::string text = Table(Comparison(0.5, 4, "byte"));
  EXPECT_THAT(text, HasSubstr(" MB/s "));
  EXPECT_THAT(text, HasSubstr(" 2000 "));
  EXPECT_THAT(text, HasSubstr("  250 "));
}

TEST(BenchTableTest, BarsAreProportionalToSpeed) {
  const std::string text = Table(Comparison(100, 200), {.width = 200});
  EXPECT_THAT(text, HasSubstr("  " + std::string(32, '#') + "\n"));
  EXPECT_THAT(text, EndsWith("  " + std::string(16, '#') + "\n"));
  const std::string blocks = Table(Comparison(100, 3200 / 1.5), {.width = 200, .utf8 = true});
  EXPECT_THAT(blocks, EndsWith("  █▌\n"));
  EXPECT_THAT(Table(Comparison(1, 1e6), {.width = 200}), EndsWith("  #\n"));
  EXPECT_THAT(Table(Comparison(1, 1e6), {.width = 200, .utf8 = true}), EndsWith("  ▏\n"));
}

TEST(BenchTableTest, OneRowHasNoComparison) {
  BenchComparison comparison = Comparison(100, 200);
  comparison.rows.pop_back();
  const std::string text = Table(comparison);
  EXPECT_THAT(text, Not(HasSubstr("x openssl")));
  EXPECT_THAT(text, Not(HasSubstr("#")));
}

TEST(BenchTableTest, ALongReferenceIsTheSlowest) {
  BenchComparison comparison = Comparison(100, 200);
  comparison.reference = "builtin-avx512-sha-ni";
  EXPECT_THAT(Table(comparison), HasSubstr("x slowest"));
}

TEST(BenchTableTest, ThreeDigits) {
  EXPECT_EQ(ThreeDigits(0.1234), "0.123");
  EXPECT_EQ(ThreeDigits(3.414), "3.41");
  EXPECT_EQ(ThreeDigits(12.36), "12.4");
  EXPECT_EQ(ThreeDigits(807.4), "807");
}

}  // namespace
}  // namespace sigvet
