#include "bench/bench_json.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace sigvet {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormatVersion = 1;

/// Should something be left that is not UTF-8, it becomes U+FFFD and nothing is thrown.
std::string Dump(const Json& value) {
  return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// What Google Benchmark does not know of.
Json OwnContextJson(const BenchReport& report) {
  const BenchContext& context = report.context;
  Json libraries = Json::array();
  for (const auto& [backend, library] : context.libraries) {
    libraries.push_back({{"backend", backend}, {"library", library}});
  }
  Json left_out = Json::array();
  for (const BenchLeftOut& one : report.left_out) {
    left_out.push_back(
        {{"workload", one.workload}, {"contender", one.contender}, {"reason", one.reason}});
  }
  return {{"format_version", kFormatVersion},
          {"version", context.sigvet_version},
          {"build", context.build},
          {"cpu", context.cpu},
          {"cpu_features", context.cpu_features},
          {"masks", context.masks},
          {"kernel", context.kernel},
          {"corpus_digest", context.corpus_digest},
          {"libraries", std::move(libraries)},
          {"left_out", std::move(left_out)}};
}

Json ContextJson(const BenchReport& report) {
  const BenchContext& context = report.context;
  Json caches = Json::array();
  for (const CpuCache& cache : context.caches) {
    caches.push_back({{"type", cache.type},
                      {"level", cache.level},
                      {"size", cache.bytes},
                      {"num_sharing", cache.sharing}});
  }
  return {{"date", context.date},
          {"host_name", ""},  // nobody's business
          {"executable", "sigvet bench"},
          {"num_cpus", context.cpus},
          {"mhz_per_cpu", context.mhz},
          {"cpu_scaling_enabled", context.cpu_scaling},
          {"caches", std::move(caches)},
          {"load_avg", context.load_avg},
          {"library_build_type", context.build.ends_with("debug") ? "debug" : "release"},
          {"sigvet", OwnContextJson(report)}};
}

Json EntryJson(const BenchSeries& series, std::size_t family, std::size_t index) {
  std::string name = series.workload + "/" + series.contender;
  if (series.on_clock) name += "/real_time";
  const BenchSample& sample = series.samples[index];
  return {{"name", name},
          {"family_index", family},
          {"per_family_instance_index", 0},
          {"run_name", name},
          {"run_type", "iteration"},
          {"repetitions", series.samples.size()},
          {"repetition_index", index},
          {"threads", 1},
          {"iterations", sample.iterations},
          {"real_time", sample.real_ns},
          {"cpu_time", sample.cpu_ns},
          {"time_unit", "ns"},
          // A counter, which is a number with a fraction wherever it came from.
          {"items", static_cast<double>(series.items)},
          {"label", series.item}};
}

}  // namespace

std::string RenderBenchJson(const BenchReport& report) {
  std::string out = "{\n\"context\": " + Dump(ContextJson(report)) + ",\n\"benchmarks\": [";
  bool is_first = true;
  for (std::size_t family = 0; family < report.series.size(); ++family) {
    const BenchSeries& series = report.series[family];
    for (std::size_t i = 0; i < series.samples.size(); ++i) {
      out += is_first ? "\n" : ",\n";
      out += Dump(EntryJson(series, family, i));
      is_first = false;
    }
  }
  return out += "\n]\n}\n";
}

}  // namespace sigvet
