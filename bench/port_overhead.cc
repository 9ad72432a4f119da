// What a case costs a jsonl port besides its own work: 10,000 cases through a native port that does
// next to nothing (trivial_port.cc), one at a time and 32 at once, from the start of its process to
// its end. Every answer is checked. The time is that on the clock, the port's included.

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "harness/port/run_ports.h"

namespace sigvet {
namespace {

constexpr std::size_t kCases = 10'000;

/// ses/published/rust-sample of the corpus.
constexpr std::string_view kPassword = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9";

Case MakeCase() {
  Case c;
  c.operation = FindOperation("ses-smtp-password");
  c.inputs = {std::int64_t{4}, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"};
  return c;
}

Port MakePort(std::int64_t in_flight) {
  Port port;
  port.manifest.file = "port.yaml";
  port.manifest.folder = "/";
  port.manifest.operations = {FindOperation("ses-smtp-password")};
  port.manifest.start_command = {SIGVET_TRIVIAL_PORT, std::to_string(in_flight),
                                 "ses-smtp-password",
                                 R"({"password":")" + std::string(kPassword) + "\"}"};
  return port;
}

void PortOverhead(benchmark::State& state) {
  const Port port = MakePort(state.range(0));
  const Case c = MakeCase();
  const std::vector<const Case*> cases(kCases, &c);
  while (state.KeepRunning()) {
    std::size_t right = 0;
    const PortTask task = {
        &port, cases, [&right](std::size_t, const Answer& answer) {
          if (answer.kind == Answer::Kind::kOutput && answer.stages.back().value == kPassword) {
            ++right;
          }
        }};
    const auto outcomes = RunPorts({&task, 1}, {});
    Check(right == kCases, outcomes.front().gave_up.message);
  }
  state.counters["per_case"] = benchmark::Counter(
      kCases, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

BENCHMARK(PortOverhead)
    ->ArgName("in_flight")
    ->Arg(1)
    ->Arg(32)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sigvet

BENCHMARK_MAIN();
