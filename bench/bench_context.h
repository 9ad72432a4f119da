#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/bench_report.h"

namespace sigvet {

/// Where this process runs, and with what: the CPU and what hides a part of it, the libraries of
/// all backends, the kernel of the built-in one, the digest of the built-in corpus. What the system
/// says is made Printable.
BenchContext DescribeThisMachine();

/// The model of the CPU and those of its features that kernels and libraries ask for, sorted, from
/// the text of Linux's /proc/cpuinfo. The model may be empty.
struct CpuDescription {
  std::string model;
  std::vector<std::string> features;
};
CpuDescription ReadCpuInfo(std::string_view text);

/// What of the environment hides features of the CPU from one library alone, as in
/// "OPENSSL_ia32cap=~0x20000000".
std::vector<std::string> FeatureMasks();

}  // namespace sigvet
