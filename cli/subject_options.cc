#include "cli/subject_options.h"

#include <algorithm>
#include <utility>

#include "backends/backend_registry.h"
#include "cli/options.h"

namespace sigvet {
namespace {

bool IsAvailable(const PlannedSubject& subject) { return subject.info.unavailable_because.empty(); }

}  // namespace

void AddBackendOption(CLI::App& command, std::vector<std::string>& ids) {
  AddRepeatable(command, "--backend", ids, "ID",
                "Use this backend in place of all that are available");
}

std::vector<std::string> AllBackendIds() {
  std::vector<std::string> ids;
  for (const BackendEntry& entry : AllBackends()) ids.emplace_back(entry.id);
  return ids;
}

Result<std::vector<PlannedSubject>> PlanBackends(std::span<const std::string> ids) {
  std::vector<PlannedSubject> planned;
  const std::vector<std::string> all = AllBackendIds();
  for (const std::string& id : ids.empty() ? std::span<const std::string>(all) : ids) {
    const auto same = [&](const PlannedSubject& subject) { return subject.info.id == id; };
    if (std::ranges::any_of(planned, same)) continue;
    PlannedSubject subject = PlanBackend(id);
    if (!ids.empty() && !IsAvailable(subject)) return MakeBackend(id).error();
    planned.push_back(std::move(subject));
  }
  if (std::ranges::none_of(planned, IsAvailable)) {
    return Error{"no backend is available", {}, "sigvet list backends says why"};
  }
  return planned;
}

}  // namespace sigvet
