#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "bench/gate.h"
#include "bench/gate_policy.h"
#include "cli/commands.h"
#include "cli/input_file.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/publish.h"
#include "cli/results_file.h"
#include "reports/gate_text.h"

namespace sigvet {
namespace {

constexpr const char* kFooter =
    R"(Says whether a candidate is slower than a baseline. Each is what sigvet bench --report
json=PATH wrote, on one machine. What is timed is what is built into sigvet: its own
backend and the libraries that it uses; no port in another language.

Noise only ever adds time. So each series counts at its quietest, the median of the
fastest tenth of its samples, as a multiple of the same of the reference (OpenSSL,
unless the policy names another) in the same run. A series is a regression where that
is more than the threshold above the baseline's and chance is improbable (p of the
Mann-Whitney U test of the fastest fifth is at most the significance); or where it is
gone.

The defaults as a policy; docs/gating-speed.md has more:
  sigvet: 1
  reference: "openssl"
  threshold: 0.1          # 10 %
  significance: 0.001

Rules that may stand below them; the last one that fits a series counts:
  rules:
    - workload: "hmac/*"
      contender: "botan"
      threshold: 0.2
    - workload: "kernel-switch"
      ignore: true

Examples:
  sigvet bench --report json=baseline.json       with the old program
  sigvet bench --report json=candidate.json      with the new one
  sigvet gate --baseline baseline.json --candidate candidate.json

Exit codes: 0 no certain regression, 2 usage, a file that can't be read, or runs that
can't be compared, 3 a regression, 65 bad results or policy, 70 internal error.)";

struct GateOptions {
  std::string baseline;
  std::string candidate;
  std::optional<std::string> policy;
};

std::optional<Error> CheckStdinOnce(const GateOptions& options) {
  const int count =
      int{options.baseline == "-"} + int{options.candidate == "-"} + int{options.policy == "-"};
  if (count <= 1) return std::nullopt;
  return Error{"only one input can come from stdin", {}, "give the others as files"};
}

/// The policy, that of the defaults where there is no file.
std::optional<GatePolicy> ReadPolicy(const std::optional<std::string>& path, ExitCode& exit_code) {
  if (!path) return GatePolicy{};
  const Result<std::string> text = ReadInput(*path, kMaxGatePolicyBytes);
  if (!text) {
    exit_code = Explain(text.error(), kExitUsage);
    return std::nullopt;
  }
  ParsedGatePolicy parsed = ParseGatePolicy(InputName(*path), *text);
  if (parsed.errors.empty()) return std::move(parsed.policy);
  for (const Error& error : parsed.errors) PrintError(error);
  exit_code = kExitBadCorpus;
  return std::nullopt;
}

ExitCode GateRuns(const GateOptions& options) {
  if (const auto error = CheckStdinOnce(options)) return Explain(*error, kExitUsage);
  ExitCode exit_code = kExitOk;
  const std::optional<GatePolicy> policy = ReadPolicy(options.policy, exit_code);
  if (!policy) return exit_code;
  // Both, so that the errors of both are told.
  BenchReport baseline;
  BenchReport candidate;
  exit_code = ReadBenchOrExplain(options.baseline, baseline);
  const ExitCode second = ReadBenchOrExplain(options.candidate, candidate);
  if (second != kExitOk) exit_code = second;
  if (exit_code != kExitOk) return exit_code;
  const Result<GateReport> report = Gate(baseline, candidate, *policy);
  if (!report) return Explain(report.error(), kExitUsage);
  if (!PrintTo(stdout, RenderGate(*report, StyleOf(stdout)))) return kExitInternal;
  return report->HasRegression() ? kExitRegression : kExitOk;
}

}  // namespace

void AddGateCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<GateOptions>();
  CLI::App* command =
      app.add_subcommand("gate", "Whether what was benched is slower than it was before");
  AddOption(*command, "--baseline", options->baseline, "FILE", "Results from before")->required();
  AddOption(*command, "--candidate", options->candidate, "FILE", "Results of now")->required();
  AddOption(*command, "--policy", options->policy, "FILE", "What counts as a regression");
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = GateRuns(*options); });
}

}  // namespace sigvet
