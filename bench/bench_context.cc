#include "bench/bench_context.h"

#include <benchmark/benchmark.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "backends/backend_registry.h"
#include "base/utf8.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {
namespace {

/// The names are Linux's. What a library asks for besides decides between no two of its ways to
/// hash or to encode.
constexpr auto kFeatures = std::to_array<std::string_view>(
    {// x86
     "adx", "avx", "avx2", "avx512_vbmi2", "avx512bw", "avx512dq", "avx512f", "avx512ifma",
     "avx512vbmi", "avx512vl", "bmi1", "bmi2", "gfni", "movbe", "sha512", "sha_ni", "sse4_1",
     "sse4_2", "ssse3", "vaes", "xop",
     // ARM
     "asimd", "sha1", "sha2", "sha3", "sve", "sve2"});

constexpr std::size_t kMaxValueBytes = 200;

std::string Clean(std::string_view text) { return Printable(text.substr(0, kMaxValueBytes)); }

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string Now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc = {};
  gmtime_r(&now, &utc);
  std::array<char, sizeof "2026-11-22T11:05:55Z"> text = {};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

std::string ReadSystemFile(const char* path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::size_t CpusAllowed() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 0;
  return static_cast<std::size_t>(CPU_COUNT(&allowed));
}

std::string Compiler() {
#ifdef __clang__
  return std::string("clang++ ") + __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

/// What Google Benchmark finds out.
void AddCpu(BenchContext& context) {
  const benchmark::CPUInfo& cpu = benchmark::CPUInfo::Get();
  context.mhz = static_cast<std::uint64_t>(std::llround(cpu.cycles_per_second / 1e6));
  context.cpu_scaling = cpu.scaling == benchmark::CPUInfo::ENABLED;
  context.load_avg = cpu.load_avg;
  for (const auto& cache : cpu.caches) {
    context.caches.push_back({Clean(cache.type), static_cast<std::uint32_t>(cache.level),
                              static_cast<std::uint64_t>(cache.size),
                              static_cast<std::uint32_t>(cache.num_sharing)});
  }
}

void AddBackends(BenchContext& context) {
  for (const BackendEntry& entry : AllBackends()) {
    BackendResult made = MakeBackend(entry.id);
    if (!made) continue;
    const BackendInfo info = (*made)->Info();
    context.libraries.emplace_back(entry.id, Clean(info.library));
    if (entry.id == "builtin") context.kernel = Clean(info.kernel);
  }
}

std::string DigestOfBuiltInCorpus() {
  const std::vector<CorpusSource> sources = BuiltInCorpus();
  const LoadedCorpus loaded = LoadCorpus(sources, [] {
    BackendResult made = MakeAnyBackend();
    return made ? *std::move(made) : std::unique_ptr<Backend>();
  });
  return loaded.corpus.digest;
}

}  // namespace

CpuDescription ReadCpuInfo(std::string_view text) {
  CpuDescription cpu;
  // The first CPU stands for all.
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t colon = line.find(':');
    if (colon == line.npos) continue;
    const std::string_view name = Trim(line.substr(0, colon));
    std::string_view value = Trim(line.substr(colon + 1));
    if (name == "model name" && cpu.model.empty()) cpu.model = Clean(value);
    if ((name != "flags" && name != "Features") || !cpu.features.empty()) continue;
    while (!value.empty()) {
      const std::string_view feature = value.substr(0, value.find(' '));
      value.remove_prefix(std::min(feature.size() + 1, value.size()));
      if (std::ranges::find(kFeatures, feature) != kFeatures.end()) {
        cpu.features.emplace_back(feature);
      }
    }
  }
  std::ranges::sort(cpu.features);
  const auto repeated = std::ranges::unique(cpu.features);
  cpu.features.erase(repeated.begin(), repeated.end());
  return cpu;
}

std::vector<std::string> FeatureMasks() {
  std::vector<std::string> masks;
  for (const char* const name : {"BOTAN_CLEAR_CPUID", "OPENSSL_armcap", "OPENSSL_ia32cap"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') masks.push_back(std::string(name) + '=' + Clean(value));
  }
  return masks;
}

BenchContext DescribeThisMachine() {
  BenchContext context;
  context.date = Now();
  context.sigvet_version = SIGVET_VERSION;
  context.build = Clean(Compiler()) + ", " + SIGVET_BUILD_TYPE;
  CpuDescription cpu = ReadCpuInfo(ReadSystemFile("/proc/cpuinfo"));
  context.cpu = std::move(cpu.model);
  context.cpu_features = std::move(cpu.features);
  context.cpus = CpusAllowed();
  context.masks = FeatureMasks();
  context.corpus_digest = DigestOfBuiltInCorpus();
  AddCpu(context);
  AddBackends(context);
  return context;
}

}  // namespace sigvet
