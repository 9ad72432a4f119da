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

bool CanRunAvx2() { return __builtin_cpu_supports("avx2") != 0; }

constexpr ChainForm kAvx512ShaNi[] = {
    {16, 8, DeriveAvx512}, {2, 2, DeriveShaNiX2}, {1, 1, DeriveShaNi}};
constexpr ChainForm kShaNi[] = {{2, 2, DeriveShaNiX2}, {1, 1, DeriveShaNi}};
constexpr ChainForm kAvx512[] = {{16, 2, DeriveAvx512}, {1, 1, DerivePortable}};
constexpr ChainForm kAvx2[] = {{8, 2, DeriveAvx2}, {1, 1, DerivePortable}};
constexpr ChainForm kPortable[] = {{1, 1, DerivePortable}};

constexpr Sha256Kernel kKernels[] = {
    {"avx512-sha-ni", "AVX-512F and the SHA and SSE4.1 instructions",
     [] { return CanRunAvx512() && CanRunShaNi(); }, CompressShaNi, kAvx512ShaNi},
    {"sha-ni", "the SHA and SSE4.1 instructions", CanRunShaNi, CompressShaNi, kShaNi},
    {"avx512", "AVX-512F", CanRunAvx512, CompressPortable, kAvx512},
    {"avx2", "AVX2", CanRunAvx2, CompressPortable, kAvx2},
    {"portable", "nothing", [] { return true; }, CompressPortable, kPortable},
};

}  // namespace

std::span<const Sha256Kernel> Sha256Kernels() { return kKernels; }

}  // namespace sigvet
