#pragma once

#include <string>
#include <string_view>

#include "bench/compare.h"
#include "reports/report.h"

namespace sigvet {

struct BenchTable {
  std::string text;
  bool has_bars = false;
};

/// The contenders of one workload in a table below its id and title. What does not fit into
/// `style.width` is left out: first the bar, then the throughput, then the interval.
BenchTable RenderBenchTable(const BenchComparison& comparison, std::string_view title,
                            const ConsoleStyle& style);

}  // namespace sigvet
