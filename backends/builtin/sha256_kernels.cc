#include <cstdlib>
#include <string>
#include <vector>

#include "backends/builtin/sha256_kernel.h"
#include "backends/builtin/sha256_kernel_choice.h"
#include "base/check.h"
#include "base/suggest.h"

namespace sigvet {
namespace {

constexpr const char* kVariable = "SIGVET_KERNEL";

const Sha256Kernel& Best(std::span<const Sha256Kernel> kernels) {
  for (const Sha256Kernel& kernel : kernels) {
    if (kernel.supported()) return kernel;
  }
  Fatal("no SHA-256 kernel runs on this machine");
}

Error UnknownKernel(std::span<const Sha256Kernel> kernels, std::string_view name) {
  std::vector<std::string_view> names;
  std::string list;
  for (const Sha256Kernel& kernel : kernels) {
    names.push_back(kernel.name);
    list += (list.empty() ? "" : ", ") + std::string(kernel.name);
  }
  std::string hint = DidYouMean(name, names);
  if (!hint.empty()) hint += ' ';
  return {.message = std::string(kVariable) + ": unknown kernel \"" + std::string(name) + '"',
          .hint = hint + "this build has " + list};
}

}  // namespace

Result<const Sha256Kernel*> ChooseSha256Kernel(std::span<const Sha256Kernel> kernels,
                                               std::string_view name) {
  if (name.empty()) return &Best(kernels);
  for (const Sha256Kernel& kernel : kernels) {
    if (kernel.name != name) continue;
    if (kernel.supported()) return &kernel;
    return Error{.message = std::string(kVariable) + ": kernel \"" + std::string(name) +
                            "\" needs " + std::string(kernel.needs) +
                            ", which this machine does not have",
                 .hint = "its best is " + std::string(Best(kernels).name)};
  }
  return UnknownKernel(kernels, name);
}

Result<const Sha256Kernel*> ChosenSha256Kernel() {
  static const Result<const Sha256Kernel*> chosen = [] {
    // Read once, before which nothing of this program has written it.
    const char* const name = std::getenv(kVariable);  // NOLINT(concurrency-mt-unsafe)
    return ChooseSha256Kernel(Sha256Kernels(), name == nullptr ? "" : name);
  }();
  return chosen;
}

}  // namespace sigvet
