#include "backends/backend_registry.h"

#include <string>
#include <utility>
#include <vector>

#include "base/suggest.h"

namespace sigvet {
namespace {

Error About(std::string_view id, const std::string& what, const std::string& hint = {}) {
  return Error{.message = "backend \"" + std::string(id) + "\" is " + what, .hint = hint};
}

}  // namespace

BackendResult MakeBackend(std::string_view id) { return MakeBackend(AllBackends(), id); }

BackendResult MakeBackend(std::span<const BackendEntry> entries, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const BackendEntry& entry : entries) {
    ids.push_back(entry.id);
    if (entry.id != id) continue;
    if (entry.make == nullptr) {
      return About(id, "not in this build: " + std::string(entry.left_out_because));
    }
    BackendResult made = entry.make();
    if (!made.ok()) return About(id, made.error().message, made.error().hint);
    return made;
  }
  std::string hint = DidYouMean(id, ids);
  return Error{.message = "unknown backend \"" + std::string(id) + "\"", .hint = std::move(hint)};
}

BackendResult MakeAnyBackend() {
  for (const BackendEntry& entry : AllBackends()) {
    // It fails only where SIGVET_KERNEL is wrong, which must not go unnoticed.
    if (entry.id == "builtin" && entry.make != nullptr) return MakeBackend(entry.id);
  }
  for (const BackendEntry& entry : AllBackends()) {
    if (BackendResult backend = MakeBackend(entry.id)) return backend;
  }
  return Error{"no crypto backend is available", {}, "sigvet list backends says why"};
}

}  // namespace sigvet
