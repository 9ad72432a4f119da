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

bool CanRunShaNi() {
  return CpuHasSha() && __builtin_cpu_supports("ssse3") != 0 &&
         __builtin_cpu_supports("sse4.1") != 0;
}

bool CanRunAvx512() { return __builtin_cpu_supports("avx512f") != 0; }

/// A pass costs as much as some 8 keys one after the other by SHA-NI, or 2 by portable code.
constexpr Sha256Kernel kKernels[] = {
    {"avx512-sha-ni",
     [] { return CanRunAvx512() && CanRunShaNi(); },
     CompressShaNi,
     {16, 8, HmacAvx512}},
    {"sha-ni", CanRunShaNi, CompressShaNi},
    {"avx512", CanRunAvx512, CompressPortable, {16, 2, HmacAvx512}},
    {"portable", [] { return true; }, CompressPortable},
};

}  // namespace

std::span<const Sha256Kernel> Sha256Kernels() { return kKernels; }

}  // namespace sigvet
