#include "bench/bench_report.h"

namespace sigvet {

std::vector<double> BenchSeries::NsPerItem() const {
  std::vector<double> times;
  times.reserve(samples.size());
  for (const BenchSample& sample : samples) {
    times.push_back((on_clock ? sample.real_ns : sample.cpu_ns) / static_cast<double>(items));
  }
  return times;
}

}  // namespace sigvet
