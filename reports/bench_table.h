#pragma once

#include <string>
#include <string_view>

#include "bench/compare.h"
#include "reports/report.h"

namespace sigvet {

/// Whether the contender is a library in the form that people write.
bool IsNaive(std::string_view contender);

/// What is wider, as a part of what it is the interval of, says little; and how that is marked.
inline constexpr double kWide = 0.1;
inline constexpr std::string_view kWideMark = "~";
bool IsWide(const BenchRow& row);

/// `value` with three digits that count, as in "0.523", "3.41", "12.4" and "807".
std::string ThreeDigits(double value);

struct BenchTable {
  std::string text;
  bool has_bars = false;
};

/// The contenders of one workload in a table below its id and title. What does not fit into
/// `style.width` is left out: first the bar, then the throughput, then the interval.
BenchTable RenderBenchTable(const BenchComparison& comparison, std::string_view title,
                            const ConsoleStyle& style);

}  // namespace sigvet
