#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sigvet {

/// A bar of a chart, with the interval that its length lies in.
struct BenchBar {
  /// Printable texts: whose it is, and what is written beside.
  std::string label = {};
  std::string value = {};
  double length = 0;
  double low = 0;
  double high = 0;
  bool is_best = false;
  bool is_hatched = false;
};

/// A chart of horizontal bars from 0 on, one below the other, as inline SVG. It has no viewBox:
/// what lies along the axis is in percent, so that the chart is as wide as its place and its
/// letters stay as large as they are. All that it shows it shows without a style too; classes
/// `best`, `bar` and `axis` are for one. `title`, which is printable, is what a screen reader says
/// instead. `id` must be unique in the page. Empty where no bar has a length.
std::string RenderBars(const std::vector<BenchBar>& bars, std::string_view title,
                       std::string_view id);

/// Where an axis from 0 to `most` has its marks: at 3 to 6 multiples of 1, 2 or 5 times a power of
/// ten. `most` must be above 0.
std::vector<double> AxisMarks(double most);

}  // namespace sigvet
