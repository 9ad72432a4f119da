#include "bench/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <vector>

#include "base/check.h"

namespace sigvet {
namespace {

/// What lies outside of the interval, on each side.
constexpr double kOutside = 0.025;
constexpr double kNormalOutside = 1.959964;  // in standard deviations
/// With more values the ranks of the interval's ends come from the normal approximation.
constexpr std::size_t kMostExactMedian = 50;
/// Up to this many values on each side every outcome is counted.
constexpr std::size_t kMostExactRanks = 20;

/// What the median of a resample may be.
struct Outcome {
  double median = 0;
  double probability = 0;
};

/// What comes of drawing from `n` values, `n` times and with replacement. Ranks count from 1.
class Resample {
 public:
  explicit Resample(std::size_t n) : n_(n), log_factorials_(n + 1) {
    for (std::size_t i = 1; i <= n; ++i) {
      log_factorials_[i] = log_factorials_[i - 1] + std::log(static_cast<double>(i));
    }
  }

  /// The probability that the `h`-th smallest that is drawn is the value of rank `k` (Efron 1979,
  /// section 3).
  double Is(std::size_t h, std::size_t k) const { return IsAtMost(h, k) - IsAtMost(h, k - 1); }

  /// The probability that the smaller half of the draws ends with rank `i` and the larger half
  /// begins with a rank from `j` to `l`, where `i` < `j`. `n` is even.
  double HalvesAre(std::size_t i, std::size_t j, std::size_t l) const {
    const std::size_t half = n_ / 2;
    const auto all_among = [&](std::size_t ranks) {
      return std::pow(static_cast<double>(ranks) / static_cast<double>(n_),
                      static_cast<double>(half));
    };
    return std::exp(LogWays(half)) * (all_among(i) - all_among(i - 1)) *
           (all_among(n_ - j + 1) - all_among(n_ - l));
  }

 private:
  double LogWays(std::size_t k) const {
    return log_factorials_[n_] - log_factorials_[k] - log_factorials_[n_ - k];
  }

  /// The probability that at least `h` draws are among the `k` smallest values.
  double IsAtMost(std::size_t h, std::size_t k) const {
    if (k == 0 || k == n_) return k == 0 ? 0 : 1;
    const double p = static_cast<double>(k) / static_cast<double>(n_);
    double sum = 0;
    for (std::size_t j = h; j <= n_; ++j) {
      sum += std::exp(LogWays(j) + static_cast<double>(j) * std::log(p) +
                      static_cast<double>(n_ - j) * std::log1p(-p));
    }
    return sum;
  }

  std::size_t n_;
  std::vector<double> log_factorials_;
};

/// Every median that a resample of `sorted` may have.
std::vector<Outcome> ResampledMedians(const std::vector<double>& sorted) {
  const std::size_t n = sorted.size();
  const Resample resample(n);
  std::vector<Outcome> outcomes;
  for (std::size_t i = 1; i <= n; ++i) {
    const double probability = resample.Is((n + 1) / 2, i);
    if (n % 2 == 1 || i == n) {
      outcomes.push_back({sorted[i - 1], probability});
      continue;
    }
    outcomes.push_back({sorted[i - 1], probability - resample.HalvesAre(i, i + 1, n)});
    for (std::size_t j = i + 1; j <= n; ++j) {
      outcomes.push_back({(sorted[i - 1] + sorted[j - 1]) / 2, resample.HalvesAre(i, j, j)});
    }
  }
  std::ranges::sort(outcomes, {}, &Outcome::median);
  return outcomes;
}

/// The first of `outcomes` beyond kOutside.
template <typename Outcomes>
double FirstInside(const Outcomes& outcomes) {
  double reached = 0;
  double median = 0;
  for (const Outcome& outcome : outcomes) {
    median = outcome.median;
    reached += outcome.probability;
    if (reached >= kOutside) break;
  }
  return median;
}

/// The probability of a U of at least `u` from `n` and `m` values without ties. The outcomes are
/// counted by the generating function of U, the Gaussian binomial coefficient (n + m over n): the
/// product over i of (1 - q^(m + i)) / (1 - q^i).
double ExactProbability(std::size_t n, std::size_t m, std::size_t u) {
  const std::size_t most = n * m;
  std::vector<std::int64_t> count(most + 1);
  count[0] = 1;
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t k = most; k >= m + i; --k) count[k] -= count[k - m - i];
    for (std::size_t k = i; k <= most; ++k) count[k] += count[k - i];
  }
  double reached = 0;
  double all = 0;
  for (std::size_t k = 0; k <= most; ++k) {
    all += static_cast<double>(count[k]);
    if (k >= u) reached += static_cast<double>(count[k]);
  }
  return reached / all;
}

/// What the ranks of two samples say.
struct Ranks {
  double u = 0;     ///< pairs in which the second sample's value is larger, ties as halves
  double tied = 0;  ///< the sum of t^3 - t over all groups of t equal values
  bool has_ties = false;
};

Ranks RankBoth(std::span<const double> before, std::span<const double> after) {
  struct Value {
    double value;
    bool is_after;
  };
  std::vector<Value> values;
  values.reserve(before.size() + after.size());
  for (const double value : before) values.push_back({value, false});
  for (const double value : after) values.push_back({value, true});
  std::ranges::sort(values, {}, &Value::value);
  Ranks ranks;
  double rank_sum = 0;
  for (std::size_t begin = 0; begin < values.size();) {
    std::size_t end = begin;
    double of_after = 0;
    for (; end < values.size() && values[end].value == values[begin].value; ++end) {
      of_after += values[end].is_after ? 1 : 0;
    }
    const auto equal = static_cast<double>(end - begin);
    rank_sum += of_after * (static_cast<double>(begin + end + 1) / 2);
    ranks.tied += equal * (equal * equal - 1);
    ranks.has_ties = ranks.has_ties || equal > 1;
    begin = end;
  }
  const auto m = static_cast<double>(after.size());
  ranks.u = rank_sum - m * (m + 1) / 2;
  return ranks;
}

/// The normal approximation with the corrections for ties and continuity.
double NormalProbability(double n, double m, const Ranks& ranks) {
  const double all = n + m;
  const double variance = n * m / 12 * (all + 1 - ranks.tied / (all * (all - 1)));
  if (variance <= 0) return 1;  // all values are equal
  const double z = (ranks.u - n * m / 2 - 0.5) / std::sqrt(variance);
  return std::erfc(z / std::sqrt(2.0)) / 2;
}

}  // namespace

double Median(std::span<const double> values) {
  Check(!values.empty(), "the median of no values");
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]) / 2;
}

Interval MedianInterval(std::span<const double> values) {
  Check(!values.empty(), "the interval of no values");
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  if (sorted.size() > kMostExactMedian) {
    // The rank of a resample's median has the standard deviation sqrt(n) / 2.
    const auto n = static_cast<double>(sorted.size());
    const auto outside = static_cast<std::size_t>(n / 2 - kNormalOutside * std::sqrt(n) / 2);
    return {sorted[outside], sorted[sorted.size() - 1 - outside]};
  }
  const std::vector<Outcome> outcomes = ResampledMedians(sorted);
  return {FirstInside(outcomes), FirstInside(std::ranges::reverse_view(outcomes))};
}

double MannWhitneyGreater(std::span<const double> before, std::span<const double> after) {
  Check(!before.empty() && !after.empty(), "a test of no values");
  const Ranks ranks = RankBoth(before, after);
  if (!ranks.has_ties && before.size() <= kMostExactRanks && after.size() <= kMostExactRanks) {
    return ExactProbability(before.size(), after.size(), static_cast<std::size_t>(ranks.u));
  }
  return NormalProbability(static_cast<double>(before.size()), static_cast<double>(after.size()),
                           ranks);
}

}  // namespace sigvet
