#include <asm/hwcap.h>
#include <sys/auxv.h>

#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

bool CanRunArmv8Sha2() { return (getauxval(AT_HWCAP) & HWCAP_SHA2) != 0; }

constexpr ChainForm kArmv8Sha2[] = {{2, 2, DeriveArmv8X2}, {1, 1, DeriveArmv8}};
constexpr ChainForm kPortable[] = {{1, 1, DerivePortable}};

constexpr Sha256Kernel kKernels[] = {
    {"armv8-sha2", "ARMv8's SHA-2 instructions", CanRunArmv8Sha2, CompressArmv8, kArmv8Sha2},
    {"portable", "nothing", [] { return true; }, CompressPortable, kPortable},
};

}  // namespace

std::span<const Sha256Kernel> Sha256Kernels() { return kKernels; }

}  // namespace sigvet
