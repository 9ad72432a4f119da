// No results file may crash or hang, and what is read comes back as it was.

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/check.h"
#include "bench/bench_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = sigvet::ReadBenchJson(sigvet::AsText({data, size}), "results.json");
  if (!read.ok()) {
    sigvet::Check(!read.error().message.empty(), "an error without a message");
    return 0;
  }
  for (const sigvet::BenchSeries& series : read->series) {
    for (const double ns : series.NsPerItem()) sigvet::Check(ns > 0, "a time that is not above 0");
  }
  const auto again = sigvet::ReadBenchJson(sigvet::RenderBenchJson(*read), "again.json");
  sigvet::Check(again.ok() && *again == *read, "results changed on their way");
  return 0;
}
