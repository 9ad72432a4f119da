#include "reports/report.h"

#include "bench/bench_json.h"

namespace sigvet {

std::span<const ReportFormat> AllReportFormats() {
  static constexpr ReportFormat kFormats[] = {
      {"json", RenderJson},
      {"junit", RenderJunit},
  };
  return kFormats;
}

std::span<const BenchReportFormat> AllBenchReportFormats() {
  static constexpr BenchReportFormat kFormats[] = {{"json", RenderBenchJson}};
  return kFormats;
}

}  // namespace sigvet
