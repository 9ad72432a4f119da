#include "bench/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>

namespace sigvet {
namespace {

using ::testing::DoubleEq;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A series whose samples take these nanoseconds an iteration.
BenchSeries Series(std::string workload, std::string contender, const std::vector<double>& times,
                   std::size_t items = 1) {
  BenchSeries series = {std::move(workload), std::move(contender), "password", items, false, {}};
  for (const double time : times) series.samples.push_back({time, 2 * time, 100});
  return series;
}

std::vector<std::string> Contenders(const BenchComparison& comparison) {
  std::vector<std::string> contenders;
  for (const BenchRow& row : comparison.rows) contenders.push_back(row.contender);
  return contenders;
}

TEST(CompareBenchTest, TheFastestFirstAgainstOpenssl) {
  BenchReport report;
  report.series = {Series("ses-password", "openssl", {200, 210, 190}),
                   Series("ses-password", "botan", {400, 420, 380}),
                   Series("ses-password", "builtin", {50, 52.5, 47.5})};
  const auto comparisons = CompareBench(report);
  ASSERT_EQ(comparisons.size(), 1U);
  const BenchComparison& comparison = comparisons[0];
  EXPECT_EQ(comparison.workload, "ses-password");
  EXPECT_EQ(comparison.item, "password");
  EXPECT_EQ(comparison.reference, "openssl");
  EXPECT_THAT(Contenders(comparison), ElementsAre("builtin", "openssl", "botan"));
  EXPECT_THAT(comparison.rows[0].median, DoubleEq(50));
  EXPECT_THAT(comparison.rows[0].times, DoubleEq(4));
  EXPECT_THAT(comparison.rows[1].times, DoubleEq(1));
  EXPECT_THAT(comparison.rows[2].times, DoubleEq(0.5));
  EXPECT_LE(comparison.rows[0].interval.low, 50);
  EXPECT_GE(comparison.rows[0].interval.high, 50);
}

TEST(CompareBenchTest, RatiosAreThoseOfTheRounds) {
  BenchReport report;
  // The second round was disturbed for both, and the medians alone would say 100 / 50.
  report.series = {Series("w", "openssl", {100, 900, 90}), Series("w", "builtin", {50, 300, 30})};
  const auto comparisons = CompareBench(report);
  EXPECT_THAT(comparisons.at(0).rows.at(0).times, DoubleEq(3));
}

TEST(CompareBenchTest, TheOrderIsThatOfTheRatios) {
  BenchReport report;
  // A median alone would put botan first.
  report.series = {Series("w", "openssl", {100, 900, 100}), Series("w", "botan", {95, 890, 100}),
                   Series("w", "builtin", {300, 300, 50})};
  report.series[2].samples[0].cpu_ns = 50;
  EXPECT_THAT(Contenders(CompareBench(report).at(0)), ElementsAre("builtin", "botan", "openssl"));
}

TEST(CompareBenchTest, WithoutOpensslTheSlowestIsTheReference) {
  BenchReport report;
  report.series = {Series("w", "botan", {100}), Series("w", "cryptopp", {300}),
                   Series("w", "builtin", {50})};
  const auto comparisons = CompareBench(report);
  EXPECT_EQ(comparisons.at(0).reference, "cryptopp");
  EXPECT_THAT(comparisons.at(0).rows.at(0).times, DoubleEq(6));
}

TEST(CompareBenchTest, ItemsAndClockCount) {
  BenchReport report;
  report.series = {Series("many-keys/16", "builtin", {1600}, 16)};
  report.series[0].on_clock = true;
  EXPECT_THAT(CompareBench(report).at(0).rows.at(0).median, DoubleEq(200));
}

TEST(CompareBenchTest, WorkloadsInOrderAndNothingOfNothing) {
  BenchReport report;
  EXPECT_THAT(CompareBench(report), IsEmpty());
  report.series = {Series("b", "openssl", {1}), Series("a", "openssl", {1}),
                   Series("b", "botan", {2}), Series("c", "botan", {})};
  const auto comparisons = CompareBench(report);
  ASSERT_EQ(comparisons.size(), 2U);
  EXPECT_EQ(comparisons[0].workload, "b");
  EXPECT_EQ(comparisons[0].rows.size(), 2U);
  EXPECT_EQ(comparisons[1].workload, "a");
}

TEST(CompareBenchTest, TimesOfZeroGiveNoRatio) {
  BenchReport report;
  report.series = {Series("w", "openssl", {0, 0}), Series("w", "builtin", {1, 1})};
  const auto comparisons = CompareBench(report);
  for (const BenchRow& row : comparisons.at(0).rows) EXPECT_THAT(row.times, DoubleEq(0));
  EXPECT_THAT(comparisons[0].rows[0].Spread(), DoubleEq(0));
}

TEST(CompareBenchTest, Spread) {
  const BenchRow row = {"openssl", 200, {190, 220}, 1};
  EXPECT_THAT(row.Spread(), DoubleNear(0.15, 1e-12));
}

const std::vector<std::string> kBackends = {"openssl", "botan", "builtin"};

TEST(ChooseBackendsTest, TheFastestAndHowMuchFaster) {
  BenchReport report;
  report.series = {Series("w", "openssl", {200, 202, 204}), Series("w", "botan", {300, 303, 306}),
                   Series("w", "builtin", {50, 50.5, 51}),
                   Series("w", "builtin-portable", {10, 10, 10})};
  const auto choices = ChooseBackends(report, kBackends);
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_EQ(choices[0].workload, "w");
  EXPECT_THAT(choices[0].best, ElementsAre("builtin"));
  EXPECT_EQ(choices[0].next, "openssl");
  EXPECT_THAT(choices[0].times, DoubleEq(4));
}

TEST(ChooseBackendsTest, WhatNoiseHidesIsEqual) {
  BenchReport report;
  report.series = {Series("w", "openssl", {100, 110, 120, 100, 110, 120, 100, 110, 120}),
                   Series("w", "builtin", {119, 99, 109, 119, 99, 109, 119, 99, 109}),
                   Series("w", "botan", {220, 220, 220, 220, 220, 220, 220, 220, 220})};
  const auto choices = ChooseBackends(report, kBackends);
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_THAT(choices[0].best, ElementsAre("builtin", "openssl"));
  EXPECT_EQ(choices[0].next, "botan");
  EXPECT_THAT(choices[0].times, DoubleNear(220.0 / 109, 1e-12));
  EXPECT_THAT(choices[0].interval.low, DoubleNear(220.0 / 119, 1e-12));
  EXPECT_THAT(choices[0].interval.high, DoubleNear(220.0 / 99, 1e-12));
}

TEST(ChooseBackendsTest, WhatDisturbsAllHidesNothing) {
  BenchReport report;
  report.series = {Series("w", "openssl", {110, 220, 330, 110, 220, 330, 110, 220, 330}),
                   Series("w", "builtin", {100, 200, 300, 100, 200, 300, 100, 200, 300})};
  const auto choices = ChooseBackends(report, kBackends);
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_THAT(choices[0].best, ElementsAre("builtin"));
  EXPECT_THAT(choices[0].times, DoubleNear(1.1, 1e-12));
}

TEST(ChooseBackendsTest, LessThanOnePercentIsEqual) {
  BenchReport report;
  report.series = {Series("w", "openssl", {1000, 1000, 1000}),
                   Series("w", "builtin", {995, 995, 995}), Series("v", "openssl", {1000, 1000}),
                   Series("v", "builtin", {985, 985})};
  const auto choices = ChooseBackends(report, kBackends);
  ASSERT_EQ(choices.size(), 2U);
  EXPECT_THAT(choices[0].best, ElementsAre("builtin", "openssl"));
  EXPECT_EQ(choices[0].next, "");
  EXPECT_THAT(choices[1].best, ElementsAre("builtin"));
  EXPECT_EQ(choices[1].next, "openssl");
}

TEST(ChooseBackendsTest, OnlyWhatSomeBackendDid) {
  BenchReport report;
  report.series = {Series("load-corpus", "harness", {5}), Series("w", "botan", {5})};
  const auto choices = ChooseBackends(report, kBackends);
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_THAT(choices[0].best, ElementsAre("botan"));
  EXPECT_EQ(choices[0].next, "");
}

}  // namespace
}  // namespace sigvet
