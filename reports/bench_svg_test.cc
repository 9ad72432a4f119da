#include "reports/bench_svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace sigvet {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pointwise;

TEST(BenchSvgTest, MarksAreRound) {
  EXPECT_THAT(AxisMarks(5), ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(AxisMarks(7681), ElementsAre(0, 2000, 4000, 6000));
  EXPECT_THAT(AxisMarks(0.528), ElementsAre(0, 0.2, 0.4));
  EXPECT_THAT(AxisMarks(1), Pointwise(DoubleEq(), {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}));
  for (double most = 1e-3; most < 1e15; most *= 1.7) {
    const std::vector<double> marks = AxisMarks(most);
    EXPECT_GE(marks.size(), 3U) << most;
    EXPECT_LE(marks.size(), 6U) << most;
    EXPECT_LE(marks.back(), most * 1.000001);
    EXPECT_GE(marks.back(), most / 2);
  }
}

TEST(BenchSvgTest, LengthsAreInProportion) {
  const std::string svg = RenderBars({{.label = "a", .length = 10, .low = 10, .high = 20},
                                      {.label = "b", .length = 5, .low = 4, .high = 6}},
                                     "title", "x");
  // 20 takes 99 % of the width.
  EXPECT_THAT(svg, HasSubstr("width=\"49.500%\""));
  EXPECT_THAT(svg, HasSubstr("width=\"24.750%\""));
  EXPECT_THAT(svg, HasSubstr("x1=\"19.800%\" y1=\"71\" x2=\"29.700%\" y2=\"71\""));
  EXPECT_THAT(svg, HasSubstr("x2=\"99.000%\""));
}

TEST(BenchSvgTest, WhatIsHatchedHasAPatternOfItsOwn) {
  const BenchBar plain = {.label = "a", .length = 1, .low = 1, .high = 1};
  BenchBar hatched = plain;
  hatched.is_hatched = true;
  EXPECT_THAT(RenderBars({plain}, "", "x"), Not(HasSubstr("pattern")));
  const std::string svg = RenderBars({plain, hatched}, "", "x");
  EXPECT_THAT(svg, HasSubstr("<pattern id=\"hatch-x\""));
  EXPECT_THAT(svg, HasSubstr("fill=\"url(#hatch-x)\""));
}

TEST(BenchSvgTest, MarkupIsEscaped) {
  const std::string svg =
      RenderBars({{.label = "<a>", .value = "\"&", .length = 1, .low = 1, .high = 1}}, "<t>", "x");
  EXPECT_THAT(svg, HasSubstr(">&lt;a&gt;</text>"));
  EXPECT_THAT(svg, HasSubstr(">&quot;&amp;</text>"));
  EXPECT_THAT(svg, HasSubstr("<title id=\"chart-x\">&lt;t&gt;</title>"));
}

TEST(BenchSvgTest, NothingToShow) {
  EXPECT_EQ(RenderBars({}, "t", "x"), "");
  EXPECT_EQ(RenderBars({{.label = "a"}}, "t", "x"), "");
  const double endless = std::numeric_limits<double>::infinity();
  EXPECT_EQ(RenderBars({{.label = "a", .length = endless}}, "t", "x"), "");
}

}  // namespace
}  // namespace sigvet
