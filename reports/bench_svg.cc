#include "reports/bench_svg.h"

#include <algorithm>
#include <cmath>

#include "reports/bench_numbers.h"
#include "reports/html_page.h"

namespace sigvet {
namespace {

// In pixels; along the axis in percent of the width.
constexpr std::size_t kRowHeight = 44;
constexpr std::size_t kTextBase = 14;
constexpr std::size_t kBarTop = 20;
constexpr std::size_t kBarHeight = 14;
constexpr std::size_t kCap = 4;
constexpr std::size_t kAxisHeight = 22;
/// The rest is for the outline of the longest bar, and for the end of its interval.
constexpr double kMostPercent = 99;
/// A mark's number that stands farther to the right ends there instead of being around it.
constexpr double kLastCentred = 90;

std::string Attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string Attribute(std::string_view name, std::size_t value) {
  return Attribute(name, std::to_string(value));
}

/// Where values lie along the axis.
struct Scale {
  double most = 1;

  std::string Percent(double value) const {
    return Fixed(std::clamp(value / most, 0.0, 1.0) * kMostPercent, 3) + "%";
  }
};

std::string Line(const std::string& x1, std::size_t y1, const std::string& x2, std::size_t y2) {
  return "<line" + Attribute("x1", x1) + Attribute("y1", y1) + Attribute("x2", x2) +
         Attribute("y2", y2) + "/>";
}

std::string RowOf(const BenchBar& bar, std::size_t top, const Scale& scale,
                  const std::string& pattern) {
  const std::string_view row_class = bar.is_best ? "row best" : "row";
  std::string svg = "<g" + Attribute("class", row_class) + ">\n";
  const std::string weight = bar.is_best ? Attribute("font-weight", "600") : "";
  svg += "<text" + Attribute("x", "0") + Attribute("y", top + kTextBase) + weight + ">" +
         EscapeHtml(bar.label) + "</text>\n";
  svg += "<text" + Attribute("x", "100%") + Attribute("y", top + kTextBase) +
         Attribute("text-anchor", "end") + weight + ">" + EscapeHtml(bar.value) + "</text>\n";
  const std::string box = Attribute("x", "0") + Attribute("y", top + kBarTop) +
                          Attribute("width", scale.Percent(bar.length)) +
                          Attribute("height", kBarHeight);
  svg += "<rect" + Attribute("class", "bar") + box + Attribute("fill", "currentColor") +
         Attribute("fill-opacity", bar.is_best ? ".45" : ".25") +
         Attribute("stroke", "currentColor") + "/>\n";
  if (bar.is_hatched) svg += "<rect" + box + Attribute("fill", "url(#" + pattern + ")") + "/>\n";
  const std::size_t middle = top + kBarTop + kBarHeight / 2;
  const std::string low = scale.Percent(bar.low);
  const std::string high = scale.Percent(bar.high);
  svg += "<g" + Attribute("stroke", "currentColor") + Attribute("stroke-width", "2") + ">" +
         Line(low, middle, high, middle) + Line(low, middle - kCap, low, middle + kCap) +
         Line(high, middle - kCap, high, middle + kCap) + "</g>\n";
  return svg + "</g>\n";
}

std::string Axis(std::size_t height, const Scale& scale) {
  const std::vector<double> marks = AxisMarks(scale.most);
  const int decimals =
      marks.size() < 2 ? 0 : std::max(0, static_cast<int>(-std::floor(std::log10(marks[1]))));
  std::string lines =
      "<g" + Attribute("stroke", "currentColor") + Attribute("stroke-opacity", ".25") + ">";
  std::string numbers;
  for (const double mark : marks) {
    const std::string x = scale.Percent(mark);
    lines += Line(x, 0, x, height);
    const bool is_last = mark / scale.most * kMostPercent > kLastCentred;
    const std::string_view anchor = mark == 0 ? "start" : is_last ? "end" : "middle";
    numbers += "<text" + Attribute("x", x) + Attribute("y", height + kTextBase + 2) +
               Attribute("text-anchor", anchor) + ">" + Fixed(mark, decimals) + "</text>\n";
  }
  return "<g" + Attribute("class", "axis") + Attribute("font-size", "12") + ">\n" + lines +
         "</g>\n" + numbers + "</g>\n";
}

}  // namespace

std::vector<double> AxisMarks(double most) {
  constexpr double kMostMarks = 5;
  double step = std::pow(10, std::floor(std::log10(most / kMostMarks)));
  for (const double factor : {2.0, 2.5, 2.0}) {
    if (most / step <= kMostMarks) break;
    step *= factor;
  }
  std::vector<double> marks;
  for (std::size_t i = 0; step * static_cast<double>(i) <= most * (1 + 1e-9); ++i) {
    marks.push_back(step * static_cast<double>(i));
  }
  return marks;
}

std::string RenderBars(const std::vector<BenchBar>& bars, std::string_view title,
                       std::string_view id) {
  double most = 0;
  for (const BenchBar& bar : bars) most = std::max({most, bar.length, bar.high});
  if (!(most > 0) || !std::isfinite(most)) return "";
  const Scale scale = {most};
  const std::size_t height = bars.size() * kRowHeight;
  const std::string name = "chart-" + std::string(id);
  const std::string pattern = "hatch-" + std::string(id);
  std::string svg = "<svg class=\"bars\" role=\"img\"" + Attribute("aria-labelledby", name) +
                    Attribute("width", "100%") + Attribute("height", height + kAxisHeight) +
                    Attribute("font-size", "14") + Attribute("fill", "currentColor") + ">\n";
  svg += "<title" + Attribute("id", name) + ">" + EscapeHtml(title) + "</title>\n";
  if (std::ranges::any_of(bars, &BenchBar::is_hatched)) {
    svg += "<defs><pattern" + Attribute("id", pattern) +
           " width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
           "patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" "
           "stroke=\"currentColor\" stroke-width=\"3\" stroke-opacity=\".55\"/></pattern></defs>\n";
  }
  svg += Axis(height, scale);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    svg += RowOf(bars[i], i * kRowHeight, scale, pattern);
  }
  return svg + "</svg>\n";
}

}  // namespace sigvet
