#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

constexpr Sha256Kernel kKernels[] = {
    {"portable", [] { return true; }, CompressPortable},
};

}  // namespace

std::span<const Sha256Kernel> Sha256Kernels() { return kKernels; }

}  // namespace sigvet
