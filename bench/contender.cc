#include "bench/contender.h"

#include <algorithm>
#include <utility>

#include "backends/backend_registry.h"
#include "backends/builtin/builtin_backend.h"
#include "backends/builtin/sha256_kernel.h"
#include "base/suggest.h"
#include "bench/forms/form.h"

namespace sigvet {
namespace {

constexpr std::string_view kBuiltin = "builtin";

/// What a backend's own form does.
std::string DescribeBest(std::string_view backend) {
  constexpr std::pair<std::string_view, std::string_view> kKnown[] = {
      {"openssl", "EVP_MAC and EVP_MD, fetched once, their contexts used again"},
      {"botan", "one hash and one MAC object, used again"},
      {"cryptopp", "one SHA256 and one HMAC object, used again"},
      {"builtin", "its best kernel on this machine"},
  };
  for (const auto& [id, description] : kKnown) {
    if (id == backend) return std::string(description);
  }
  return "the library at its best public form";
}

/// The id of the built-in backend on `kernel`.
std::string FormOf(const Sha256Kernel& kernel) {
  return std::string(kBuiltin) + "-" + std::string(kernel.name);
}

void AddKernels(std::vector<Contender>& all) {
  for (const Sha256Kernel& kernel : Sha256Kernels()) {
    if (!kernel.supported()) continue;
    all.push_back({.id = FormOf(kernel),
                   .backend = std::string(kBuiltin),
                   .description = "the kernel " + std::string(kernel.name),
                   .make = [&kernel] { return BackendResult(MakeBuiltinBackend(kernel)); }});
  }
}

std::vector<Contender> MakeContenders() {
  std::vector<Contender> all;
  for (const BackendEntry& entry : AllBackends()) {
    if (entry.make == nullptr) continue;
    all.push_back({.id = std::string(entry.id),
                   .backend = std::string(entry.id),
                   .description = DescribeBest(entry.id),
                   .by_default = true,
                   .make = entry.make});
    for (const FormEntry& form : AllForms()) {
      if (form.backend != entry.id) continue;
      all.push_back({.id = std::string(form.id),
                     .backend = std::string(form.backend),
                     .description = std::string(form.description),
                     .by_default = form.id.ends_with("-naive"),
                     .make = form.make});
    }
    if (entry.id == kBuiltin) AddKernels(all);
  }
  return all;
}

}  // namespace

std::span<const Contender> AllContenders() {
  static const std::vector<Contender> kAll = MakeContenders();
  return kAll;
}

std::vector<const Contender*> DefaultContenders() {
  std::vector<const Contender*> chosen;
  for (const Contender& contender : AllContenders()) {
    if (contender.by_default) chosen.push_back(&contender);
  }
  return chosen;
}

Result<const Contender*> FindContender(std::string_view id) {
  std::vector<std::string_view> ids;
  for (const Contender& contender : AllContenders()) {
    if (contender.id == id) return &contender;
    ids.push_back(contender.id);
  }
  const bool has_kernels = std::ranges::find(ids, kBuiltin) != ids.end();
  for (const Sha256Kernel& kernel : Sha256Kernels()) {
    if (!has_kernels || id != FormOf(kernel)) continue;
    return Error{std::string(id) + " needs " + std::string(kernel.needs) +
                     ", which this machine does not have",
                 {},
                 "builtin takes the best that there is"};
  }
  return Error{"unknown backend or form \"" + std::string(id) + "\"", {}, DidYouMean(id, ids)};
}

}  // namespace sigvet
