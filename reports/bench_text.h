#pragma once

#include <span>
#include <string>

#include "bench/bench_report.h"
#include "bench/compare.h"
#include "reports/report.h"

namespace sigvet {

/// Where and with what a benchmark ran, a table for each workload, the fastest first, with medians,
/// intervals, "times as fast as" and bars; then what was left out, and which intervals are too wide
/// to say much. Fits `style.width`, 40 at least.
std::string RenderBench(const BenchReport& report, const ConsoleStyle& style);

/// Which backend to take, a line for each workload, and in one sentence for all of them.
std::string RenderBenchChoice(const BenchReport& report, std::span<const BenchChoice> choices,
                              const ConsoleStyle& style);

}  // namespace sigvet
