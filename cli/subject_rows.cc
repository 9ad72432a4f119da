#include "cli/subject_rows.h"

#include <algorithm>

#include "backends/backend_registry.h"
#include "harness/run/plan.h"

namespace sigvet {

std::vector<SubjectRow> BackendRows() {
  std::vector<SubjectRow> rows;
  for (const BackendEntry& entry : AllBackends()) {
    const RunReport::Subject info = PlanBackend(entry.id).info;
    const std::string& why_not = info.unavailable_because;
    const bool available = why_not.empty();
    const bool says_so = why_not.starts_with("unavailable");
    rows.push_back({std::string(entry.id),
                    available ? info.library : (says_so ? "" : "unavailable: ") + why_not,
                    info.kernel, available});
  }
  return rows;
}

std::string Padded(std::string_view text, std::size_t width) {
  std::string padded(text);
  padded.append(std::max(width, text.size() + 2) - text.size(), ' ');
  return padded;
}

std::string RenderRows(const std::vector<SubjectRow>& rows) {
  std::size_t id_width = 0;
  std::size_t what_width = 0;
  for (const SubjectRow& row : rows) {
    id_width = std::max(id_width, row.id.size() + 2);
    if (row.available) what_width = std::max(what_width, row.what.size() + 2);
  }
  std::string text;
  for (const SubjectRow& row : rows) {
    text += Padded(row.id, id_width);
    text += row.how.empty() ? row.what : Padded(row.what, what_width) + row.how;
    text += "\n";
  }
  return text;
}

}  // namespace sigvet
