#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "bench/bench_report.h"

namespace sigvet {

/// The largest results file, in bytes, and how many entries it may have.
inline constexpr std::size_t kMaxBenchJsonBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMaxBenchEntries = 100'000;

/// `report` as Google Benchmark's JSON: an entry a sample, named WORKLOAD/CONTENDER, with
/// "/real_time" behind it where the time on the clock counts; the item as label, how many of them
/// an iteration does as the counter "items". What Google Benchmark has no place for stands in the
/// context under "sigvet". Every series must have samples. Pure and thread-safe.
/// Source: Google Benchmark 1.7, "Output Formats" of its user guide, and what its JSONReporter
/// writes.
std::string RenderBenchJson(const BenchReport& report);

/// The inverse of RenderBenchJson; `file` is for errors alone. Members that Google Benchmark or
/// somebody else added are left aside; all else that RenderBenchJson does not write is an error,
/// which names the entry, and so is what exceeds the limits above. Pure and thread-safe.
Result<BenchReport> ReadBenchJson(std::string_view text, std::string_view file);

}  // namespace sigvet
