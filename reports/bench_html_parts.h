#pragma once

#include <span>
#include <string>
#include <string_view>

#include "bench/bench_report.h"
#include "bench/compare.h"

// What the page of a benchmark is made of. All return HTML.

namespace sigvet {

/// The id of the part of the page that shows a workload.
std::string WorkloadAnchor(std::string_view workload);

/// Every workload: a chart where contenders compare, and a table.
std::string WorkloadsHtml(std::span<const BenchComparison> comparisons);

/// Which library, and which form of it, each contender is.
std::string ContendersHtml(const BenchReport& report);

/// The machine and the build.
std::string EnvironmentHtml(const BenchContext& context);

}  // namespace sigvet
