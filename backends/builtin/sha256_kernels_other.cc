#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

constexpr ChainForm kPortable[] = {{1, 1, DerivePortable}};

constexpr Sha256Kernel kKernels[] = {
    {"portable", "nothing", [] { return true; }, CompressPortable, kPortable},
};

}  // namespace

std::span<const Sha256Kernel> Sha256Kernels() { return kKernels; }

}  // namespace sigvet
