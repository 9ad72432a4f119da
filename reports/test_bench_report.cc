#include "reports/test_bench_report.h"

#include <utility>

namespace sigvet {
namespace {

BenchContext Context() {
  BenchContext context;
  context.date = "2026-08-30T12:36:00Z";
  context.sigvet_version = "0.1.0";
  context.build = "g++ 12.2.0, release";
  context.cpu = "Intel(R) Xeon(R) Processor @ 2.70GHz";
  context.cpus = 2;
  context.cpu_features = {"avx2",   "avx512bw", "avx512f", "avx512vbmi", "avx512vl",
                          "pclmul", "sha_ni",   "sse4_1",  "ssse3"};
  context.libraries = {{"openssl", "OpenSSL 3.0.22 25 Aug 2026"},
                       {"botan", "Botan 2.19.3 (shani)"},
                       {"cryptopp", "Crypto++ 8.7.0 (SHANI)"},
                       {"builtin", "sigvet 0.1.0"}};
  context.kernel = "avx512-sha-ni";
  context.corpus_digest = "b4d4f06a4f3b0d1c2e3f";
  return context;
}

}  // namespace

BenchSeries SampleSeries(std::string workload, std::string contender, std::string item, double ns,
                         std::size_t items, double spread) {
  BenchSeries series = {
      std::move(workload), std::move(contender), std::move(item), items, false, {}};
  for (int i = -4; i <= 4; ++i) {
    const double time = ns * (1 + spread * i / 4);
    series.samples.push_back({time, time * 1.1, 1000});
  }
  return series;
}

BenchReport SampleBenchReport() {
  BenchReport report;
  report.context = Context();
  report.series = {
      SampleSeries("one-key", "openssl", "password", 2714),
      SampleSeries("one-key", "openssl-naive", "password", 7681),
      SampleSeries("one-key", "botan", "password", 2489),
      SampleSeries("one-key", "botan-naive", "password", 5657, 1, 0.2),
      SampleSeries("one-key", "builtin", "password", 807),
      SampleSeries("some-keys/256", "openssl", "password", 256 * 2714.0, 256),
      SampleSeries("some-keys/256", "builtin", "password", 256 * 307.0, 256),
      SampleSeries("hash/1024", "openssl", "byte", 1024 * 0.52, 1024),
      SampleSeries("hash/1024", "botan", "byte", 1024 * 1.4, 1024),
      SampleSeries("hash/1024", "builtin", "byte", 1024 * 0.521, 1024),
      SampleSeries("read-files", "harness", "case", 8.2e7, 1057),
  };
  report.left_out = {{"", "cryptopp", "not in this build: -DSIGVET_BACKEND_CRYPTOPP=OFF"},
                     {"ask-port/1", "harness", "there is no python3"}};
  return report;
}

BenchReport HostileBenchReport() {
  BenchReport report = SampleBenchReport();
  report.context.cpu = "\x1b[31m\xff </title><script>alert(1)</script>";
  report.context.masks = {"OPENSSL_ia32cap=\n\"&"};
  report.context.libraries[0].second = "\x01<b>\",";
  report.context.kernel = "=1+1";
  for (std::size_t i = 0; i < 5; ++i) report.series[i].workload = "w\x1b\"/<i>,\r\n";
  report.series[1].contender = "\xfe\n'-naive";
  report.series[2].contender = "@SUM(A1:A9)";
  report.series[0].item = "pass\"word<";
  report.left_out[0].reason = "\r</li>";
  return report;
}

}  // namespace sigvet
