#pragma once

#include <span>

namespace sigvet {

/// The middle value, or the mean of the two in the middle. `values` must not be empty.
double Median(std::span<const double> values);

/// Where a value lies with some confidence.
struct Interval {
  double low = 0;
  double high = 0;
};

/// The 95 % interval of the median by the percentile bootstrap (Efron 1979). The distribution of a
/// resample's median is known, so nothing is drawn: it is what ever more resamples come to, and
/// symmetric in the ranks, which a few thousand are not. From 51 values on by the normal
/// approximation of that distribution. `values` must not be empty; of one value it is that value.
Interval MedianInterval(std::span<const double> values);

/// How probable it is, were both drawn from one distribution, that `after` lies above `before` as
/// much as it does: the one-sided p-value of the Mann-Whitney U test (Mann and Whitney 1947). Exact
/// where there are no ties and at most 20 values on each side, else by the normal approximation
/// with the corrections for ties and continuity. Neither may be empty.
double MannWhitneyGreater(std::span<const double> before, std::span<const double> after);

}  // namespace sigvet
