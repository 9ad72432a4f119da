#pragma once

#include <cstddef>
#include <string>

#include "bench/bench_report.h"

namespace sigvet {

/// Nine rounds around `ns` of an iteration, the farthest `spread` away, as a part of it.
BenchSeries SampleSeries(std::string workload, std::string contender, std::string item, double ns,
                         std::size_t items = 1, double spread = 0.02);

/// A benchmark of workloads that sigvet has not, so that no title changes what is expected.
BenchReport SampleBenchReport();

/// The same with bytes in its texts that no terminal, page or table should act on.
BenchReport HostileBenchReport();

}  // namespace sigvet
