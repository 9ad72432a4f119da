#include "backends/builtin/sha256_kernel.h"
#include "base/check.h"

namespace sigvet {

const Sha256Kernel& BestSha256Kernel() {
  static const Sha256Kernel& best = []() -> const Sha256Kernel& {
    for (const Sha256Kernel& kernel : Sha256Kernels()) {
      if (kernel.supported()) return kernel;
    }
    Fatal("no SHA-256 kernel runs on this machine");
  }();
  return best;
}

}  // namespace sigvet
