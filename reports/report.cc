#include "reports/report.h"

#include "bench/bench_json.h"

namespace sigvet {

std::span<const ReportFormat> AllReportFormats() {
  static constexpr ReportFormat kFormats[] = {
      {"badge", RenderBadge},       {"ctrf", RenderCtrf}, {"github", RenderGithub},
      {"html", RenderHtml},         {"json", RenderJson}, {"junit", RenderJunit},
      {"markdown", RenderMarkdown}, {"tap", RenderTap},
  };
  return kFormats;
}

std::span<const BenchReportFormat> AllBenchReportFormats() {
  static constexpr BenchReportFormat kFormats[] = {
      {"csv", RenderBenchCsv},
      {"html", RenderBenchHtml},
      {"json", RenderBenchJson},
  };
  return kFormats;
}

}  // namespace sigvet
