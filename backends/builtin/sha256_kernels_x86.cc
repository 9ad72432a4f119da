#include <cpuid.h>

#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

/// CPUID leaf 7, subleaf 0: the SHA extensions are bit 29 of EBX.
bool CpuHasSha() {
  unsigned int eax = 0;
  unsigned int ebx = 0;
  unsigned int ecx = 0;
  unsigned int edx = 0;
  return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && ((ebx >> 29) & 1) != 0;
}

constexpr Sha256Kernel kKernels[] = {
    {"sha-ni",
     [] {
       return CpuHasSha() && __builtin_cpu_supports("ssse3") != 0 &&
              __builtin_cpu_supports("sse4.1") != 0;
     },
     CompressShaNi},
    {"portable", [] { return true; }, CompressPortable},
};

}  // namespace

std::span<const Sha256Kernel> Sha256Kernels() { return kKernels; }

}  // namespace sigvet
