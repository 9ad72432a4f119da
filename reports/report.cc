#include "reports/report.h"

namespace sigvet {

std::span<const ReportFormat> AllReportFormats() {
  static constexpr ReportFormat kFormats[] = {
      {"json", RenderJson},
      {"junit", RenderJunit},
  };
  return kFormats;
}

}  // namespace sigvet
