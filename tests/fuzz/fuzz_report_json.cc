// No report of a run may crash or hang, what is read is written again as it was, and every report
// can be made of it.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/check.h"
#include "reports/read_report_json.h"
#include "reports/report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = sigvet::ReadReportJson(sigvet::AsText({data, size}), "run.json");
  if (!read.ok()) {
    sigvet::Check(!read.error().message.empty(), "an error without a message");
    return 0;
  }
  const std::string json = sigvet::RenderJson(*read);
  const auto again = sigvet::ReadReportJson(json, "again.json");
  sigvet::Check(again.ok() && sigvet::RenderJson(*again) == json, "a report changed on its way");
  for (const sigvet::ReportFormat& format : sigvet::AllReportFormats()) format.render(*read);
  sigvet::RenderConsole(*read, {});
  return 0;
}
