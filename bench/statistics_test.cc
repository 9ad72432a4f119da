#include "bench/statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numbers>
#include <numeric>
#include <random>
#include <vector>

namespace sigvet {
namespace {

using Values = std::vector<double>;

/// From 0 to 1, the same with every standard library.
double Uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

Values Range(std::size_t size, double from = 1) {
  Values values(size);
  std::iota(values.begin(), values.end(), from);
  return values;
}

TEST(Median, IsTheMiddle) {
  EXPECT_EQ(Median(Values{7}), 7);
  EXPECT_EQ(Median(Values{9, 1}), 5);
  EXPECT_EQ(Median(Values{9, 1, 2}), 2);
  EXPECT_EQ(Median(Values{4, 1, 3, 2}), 2.5);
}

// Efron, "Bootstrap methods: another look at the jackknife" (1979), gives the distribution of the
// bootstrapped median of 13 values in closed form: that it is one of the three smallest has the
// probability .0157, one of the four smallest .0707. So 2.5 % lie at the fourth.
TEST(MedianInterval, IsEfronsFor13Values) {
  const Interval interval = MedianInterval(Range(13));
  EXPECT_EQ(interval.low, 4);
  EXPECT_EQ(interval.high, 10);
}

/// The interval as it is defined: of the medians of all n^n resamples, sorted, the one that has 2.5
/// % of them at or below it, and the like from above.
Interval IntervalOfAllResamples(const Values& values) {
  Values medians;
  std::vector<std::size_t> drawn(values.size());
  Values resample(values.size());
  while (true) {
    std::ranges::transform(drawn, resample.begin(), [&](std::size_t i) { return values[i]; });
    medians.push_back(Median(resample));
    std::size_t digit = 0;
    while (digit < drawn.size() && ++drawn[digit] == values.size()) drawn[digit++] = 0;
    if (digit == drawn.size()) break;
  }
  std::ranges::sort(medians);
  const std::size_t outside = (medians.size() + 39) / 40 - 1;
  return {medians[outside], medians[medians.size() - 1 - outside]};
}

TEST(MedianInterval, IsThatOfAllResamples) {
  std::mt19937_64 random(4);
  for (std::size_t size = 1; size <= 6; ++size) {
    for (int trial = 0; trial < 5; ++trial) {
      Values values(size);
      for (double& value : values) value = Uniform(random);
      const Interval all = IntervalOfAllResamples(values);
      EXPECT_DOUBLE_EQ(MedianInterval(values).low, all.low) << size;
      EXPECT_DOUBLE_EQ(MedianInterval(values).high, all.high) << size;
    }
  }
}

// NumPy 2.4.6: the 2.5th and 97.5th percentiles of numpy.median over 4,000,000 resamples.
TEST(MedianInterval, IsNumPys) {
  const Values ten = {3.1, 2.7, 9.4, 3.3, 2.9, 3.0, 5.8, 3.2, 2.8, 3.6};
  EXPECT_NEAR(MedianInterval(ten).low, 2.9, 1e-12);
  EXPECT_NEAR(MedianInterval(ten).high, 4.55, 1e-12);
  const Values nine = {10.3, 10.1, 10.9, 10.2, 14.0, 10.4, 10.05, 10.6, 10.7};
  EXPECT_NEAR(MedianInterval(nine).low, 10.1, 1e-12);
  EXPECT_NEAR(MedianInterval(nine).high, 10.9, 1e-12);
  Values squares;
  for (int i = 1; i <= 40; ++i) squares.push_back(i * i);
  EXPECT_NEAR(MedianInterval(squares).low, 210.5, 1e-12);
  EXPECT_NEAR(MedianInterval(squares).high, 702.5, 1e-12);
}

TEST(MedianInterval, OfOneValueAndOfEqualOnes) {
  EXPECT_EQ(MedianInterval(Values{5}).low, 5);
  EXPECT_EQ(MedianInterval(Values{5}).high, 5);
  EXPECT_EQ(MedianInterval(Values(15, 5)).low, 5);
  EXPECT_EQ(MedianInterval(Values(15, 5)).high, 5);
}

TEST(MedianInterval, ContainsTheMedianAndFollowsTheValues) {
  std::mt19937_64 random(1);
  for (std::size_t size = 1; size < 60; ++size) {
    Values values(size);
    for (double& value : values) value = Uniform(random);
    const Interval interval = MedianInterval(values);
    EXPECT_LE(interval.low, Median(values));
    EXPECT_GE(interval.high, Median(values));
    EXPECT_GE(interval.low, std::ranges::min(values));
    EXPECT_LE(interval.high, std::ranges::max(values));
    std::ranges::reverse(values);
    EXPECT_EQ(MedianInterval(values).low, interval.low) << "the order of the values counts";
    for (double& value : values) value = 4 * value;
    EXPECT_EQ(MedianInterval(values).low, 4 * interval.low);
    EXPECT_EQ(MedianInterval(values).high, 4 * interval.high);
  }
}

/// In how many of 1,000 trials the interval of `size` draws has `median` in it.
int CountCovered(std::size_t size, double median,
                 const std::function<double(std::mt19937_64&)>& draw, std::mt19937_64& random) {
  int covered = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    Values values(size);
    for (double& value : values) value = draw(random);
    const Interval interval = MedianInterval(values);
    covered += interval.low <= median && median <= interval.high ? 1 : 0;
  }
  return covered;
}

// The interval runs from one order statistic to another, whose coverage for any continuous
// distribution is a sum of binomials: of 15 values from the 4th to the 12th 96.5 %, of 25 from the
// 8th to the 18th 95.7 %. Chance makes that 7 more or less in 1,000 trials.
TEST(MedianInterval, CoversTheMedianAsOftenAsItSays) {
  const auto exponential = [](std::mt19937_64& random) { return -std::log1p(-Uniform(random)); };
  const auto cauchy = [](std::mt19937_64& random) {
    return std::tan(std::numbers::pi * (Uniform(random) - 0.5));
  };
  std::mt19937_64 random(2);
  for (const std::size_t size : {15U, 25U, 121U}) {
    for (const int covered : {CountCovered(size, 0.5, Uniform, random),
                              CountCovered(size, std::log(2.0), exponential, random),
                              CountCovered(size, 0, cauchy, random)}) {
      EXPECT_GE(covered, 935) << size;
      EXPECT_LE(covered, 985) << size;
    }
  }
}

/// Two samples of `n` and `m` values in which `u` pairs have the larger value in the first, which
/// is the side that Mann and Whitney's table counts.
double ProbabilityOf(std::size_t n, std::size_t m, std::size_t u) {
  // Values of `after` lie above all of `before` but for as many as it takes.
  const Values before = Range(n);
  Values after(m);
  for (std::size_t i = 0; i < m; ++i) {
    const std::size_t below = std::min(u, n);
    u -= below;
    after[i] = static_cast<double>(n - below) + 0.5 + static_cast<double>(m - i) / 100;
  }
  return MannWhitneyGreater(before, after);
}

// Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than
// the other" (1947), table I: the probability of a U of 0, 1, 2 ...
TEST(MannWhitney, IsTheTableOf1947) {
  const auto expect = [](std::size_t n, std::size_t m, const Values& table) {
    for (std::size_t u = 0; u < table.size(); ++u) {
      EXPECT_NEAR(ProbabilityOf(n, m, u), table[u], 0.0005) << n << " and " << m << ", U " << u;
    }
  };
  expect(3, 1, {.250, .500, .750});
  expect(3, 2, {.100, .200, .400, .600});
  expect(3, 3, {.050, .100, .200, .350, .500, .650});
  expect(4, 4, {.014, .029, .057, .100, .171, .243, .343, .443, .557});
}

// SciPy 1.17.1: scipy.stats.mannwhitneyu(after, before, alternative="greater", method="exact").
TEST(MannWhitney, IsSciPysExactOne) {
  EXPECT_NEAR(MannWhitneyGreater(Values{1.1, 2.2, 3.3}, Values{2.5, 4.0, 5.5, 6.0}),
              0.05714285714285714, 1e-15);
  EXPECT_NEAR(MannWhitneyGreater(Range(9), Range(9, 10)), 2.0567667626491154e-05, 1e-19);
  EXPECT_EQ(MannWhitneyGreater(Values{5, 6, 7, 8}, Values{1, 2, 3, 4}), 1);
  const Values before = {0.291, 0.305, 0.288, 0.299, 0.310, 0.295, 0.301, 0.287, 0.330};
  const Values after = {0.302, 0.309, 0.297, 0.312, 0.321, 0.306, 0.293, 0.318, 0.340};
  EXPECT_NEAR(MannWhitneyGreater(before, after), 0.04695598519127931, 1e-15);
  Values twenty;
  Values others;
  for (int i = 1; i <= 20; ++i) {
    twenty.push_back((i * 7919 % 1009) / 1009.0);
    others.push_back((i * 6007 % 1013) / 1013.0 + 0.05);
  }
  EXPECT_NEAR(MannWhitneyGreater(twenty, others), 0.1266899494205196, 1e-14);
}

// SciPy 1.17.1: the same with method="asymptotic" and use_continuity=True.
TEST(MannWhitney, IsSciPysApproximation) {
  const Values before = {1, 2, 2, 3, 4, 4, 5};
  const Values after = {2, 3, 4, 5, 5, 6, 7};
  EXPECT_NEAR(MannWhitneyGreater(before, after), 0.05256145814967654, 1e-14);
  EXPECT_NEAR(MannWhitneyGreater(after, before), 0.9599537876579828, 1e-14);
  EXPECT_NEAR(MannWhitneyGreater(Values(9, 1), Values{1, 1, 1, 1, 1, 1, 1, 1, 2}),
              0.18703139874544122, 1e-14);
  Values thirty;
  Values others;
  for (int i = 1; i <= 30; ++i) thirty.push_back((i * 37 % 101) / 10.0);
  for (int i = 1; i <= 25; ++i) others.push_back((i * 53 % 97) / 10.0 + 1);
  EXPECT_NEAR(MannWhitneyGreater(thirty, others), 0.34870463256370277, 1e-14);
  EXPECT_NEAR(MannWhitneyGreater(others, thirty), 0.6575277649199958, 1e-14);
  Values many;
  Values few;
  for (int i = 1; i <= 21; ++i) many.push_back(i * i % 47 + i / 100.0);
  for (int i = 1; i <= 9; ++i) few.push_back(i * i * i % 43 + i / 90.0 + 8);
  EXPECT_NEAR(MannWhitneyGreater(many, few), 0.018680874291125735, 1e-14);
}

TEST(MannWhitney, OfEqualValuesSaysNothing) {
  EXPECT_EQ(MannWhitneyGreater(Values(9, 1), Values(9, 1)), 1);
  EXPECT_EQ(MannWhitneyGreater(Values{1}, Values{1}), 1);
  EXPECT_EQ(MannWhitneyGreater(Values{1}, Values{2}), 0.5);
}

/// The two sides' probabilities are 1 together, but that of the outcome itself is in both.
TEST(MannWhitney, BothSidesAddUp) {
  std::mt19937_64 random(3);
  for (std::size_t size = 1; size <= 20; ++size) {
    Values before(size);
    Values after(21 - size);
    for (double& value : before) value = Uniform(random);
    for (double& value : after) value = Uniform(random);
    const double sum = MannWhitneyGreater(before, after) + MannWhitneyGreater(after, before);
    EXPECT_GT(sum, 1);
    EXPECT_LE(sum, 2);
  }
}

}  // namespace
}  // namespace sigvet
