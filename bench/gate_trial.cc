// Tries the gate on this machine: gate_trial [GATES]. GATES gates (20) of a program against itself,
// and as many of a candidate whose built-in backend is made to take 15 % longer. Every run is a
// process of its own, as in `sigvet bench`, for a process keeps its layout in memory and with it
// its speed. docs/gating-speed.md has what came out.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "bench/bench_json.h"
#include "bench/contender.h"
#include "bench/gate.h"
#include "bench/run_bench.h"
#include "bench/workload.h"

namespace sigvet {
namespace {

constexpr std::string_view kWorkloads[] = {"ses-password", "many-keys/256", "hmac/64",
                                           "sign-request/post"};

/// How often a gate that gives no answer is tried again.
constexpr int kMostRepeats = 2;

/// Three of every 20 calls are to be made twice: 15 % more work.
class Slowdown {
 public:
  bool IsTwice() {
    count_ = (count_ + 1) % 20;
    return count_ == 0 || count_ == 7 || count_ == 14;
  }

 private:
  unsigned count_ = 0;
};

class SlowedChain : public HmacChain {
 public:
  explicit SlowedChain(std::unique_ptr<HmacChain> chain)
      : HmacChain(chain->length()), chain_(std::move(chain)) {}

  void Derive(ByteView key, std::span<Digest> macs) override {
    if (slowdown_.IsTwice()) {
      // Elsewhere: the key may lie inside of `macs`.
      std::array<Digest, 8> other;
      chain_->Derive(key, std::span(other).first(macs.size()));
    }
    chain_->Derive(key, macs);
  }

  void DeriveMany(std::span<const ByteView> keys, std::span<Digest> macs) override {
    if (slowdown_.IsTwice()) chain_->DeriveMany(keys, macs);
    chain_->DeriveMany(keys, macs);
  }

 private:
  std::unique_ptr<HmacChain> chain_;
  Slowdown slowdown_;
};

class SlowedBackend : public Backend {
 public:
  explicit SlowedBackend(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

  BackendInfo Info() const override { return backend_->Info(); }

  Digest Sha256(ByteView message) override {
    if (sha256_.IsTwice()) backend_->Sha256(message);
    return backend_->Sha256(message);
  }

  Digest HmacSha256(ByteView key, ByteView message) override {
    if (hmac_.IsTwice()) {
      // Under a key that it has not prepared.
      Digest other = {};
      std::ranges::copy(key.first(std::min(key.size(), other.size())), other.begin());
      other.front() ^= 1;
      backend_->HmacSha256(other, message);
    }
    return backend_->HmacSha256(key, message);
  }

  std::unique_ptr<HmacChain> PrepareChain(std::span<const ByteView> messages) override {
    return std::make_unique<SlowedChain>(backend_->PrepareChain(messages));
  }

  std::optional<Bytes> Base64Decode(std::string_view text) override {
    return backend_->Base64Decode(text);
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    if (base64_.IsTwice()) backend_->Base64Encode(bytes, text);
    backend_->Base64Encode(bytes, text);
  }

  std::unique_ptr<Backend> backend_;
  Slowdown sha256_;
  Slowdown hmac_;
  Slowdown base64_;
};

int Complain(const Error& error) {
  std::fprintf(stderr, "gate_trial: %s\n", ToString(error).c_str());
  return 1;
}

/// Runs the benchmark and writes its results to stdout.
int RunOnce(bool slowed) {
  std::vector<const Workload*> workloads;
  for (const Workload& workload : AllWorkloads()) {
    if (std::ranges::count(kWorkloads, workload.id) != 0) workloads.push_back(&workload);
  }
  std::vector<Contender> contenders;
  for (const Contender& contender : AllContenders()) {
    if (contender.id == "openssl" || contender.id == "builtin") contenders.push_back(contender);
  }
  if (slowed) {
    Contender& builtin = *std::ranges::find(contenders, "builtin", &Contender::id);
    builtin.make = [make = builtin.make]() -> BackendResult {
      BackendResult backend = make();
      if (!backend) return backend;
      return BackendResult(std::make_unique<SlowedBackend>(std::move(*backend)));
    };
  }
  BenchOptions options;
  options.workloads = workloads;
  for (const Contender& contender : contenders) options.contenders.push_back(&contender);
  const Result<BenchReport> report = RunBench(options, {});
  if (!report) return Complain(report.error());
  const std::string text = RenderBenchJson(*report);
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}

/// The results of this program run once more.
Result<BenchReport> RunProcess(const std::string& program, std::string_view how) {
  const std::string command = "'" + program + "' --run-" + std::string(how);
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return Error{"can't start " + program};
  std::string text;
  std::array<char, 4096> block;
  std::size_t count = 0;
  while ((count = std::fread(block.data(), 1, block.size(), pipe)) > 0) {
    text.append(block.data(), count);
  }
  if (pclose(pipe) != 0) return Error{"a run failed"};
  return ReadBenchJson(text, std::string(how));
}

/// What gates of one kind said.
struct Outcome {
  int gates_with_regression = 0;
  int measured_again = 0;
  int gates_without_answer = 0;
  std::vector<int> series_with_regression = std::vector<int>(std::size(kWorkloads));
  int series_unsure = 0;
  std::vector<double> changes = {};
};

/// What a gate says of two runs that follow one another. Where it says that they can't be compared,
/// both are measured again, as people would.
Result<GateReport> TryGate(const std::string& program, std::string_view candidate_how,
                           Outcome& outcome) {
  for (int attempt = 0;; ++attempt) {
    const Result<BenchReport> baseline = RunProcess(program, "as-it-is");
    if (!baseline) return baseline.error();
    const Result<BenchReport> candidate = RunProcess(program, candidate_how);
    if (!candidate) return candidate.error();
    Result<GateReport> gate = Gate(*baseline, *candidate, {});
    if (gate || attempt == kMostRepeats) return gate;
    ++outcome.measured_again;
  }
}

Outcome TryGates(const std::string& program, int gates, std::string_view candidate_how) {
  Outcome outcome;
  for (int i = 0; i < gates; ++i) {
    const Result<GateReport> gate = TryGate(program, candidate_how, outcome);
    if (!gate) {
      ++outcome.gates_without_answer;
      Complain(gate.error());
      continue;
    }
    outcome.gates_with_regression += gate->HasRegression() ? 1 : 0;
    for (const GateRow& row : gate->rows) {
      if (row.verdict == GateRow::Verdict::kUnsure) {
        ++outcome.series_unsure;
        continue;
      }
      const auto place = std::ranges::find(kWorkloads, row.workload) - std::begin(kWorkloads);
      outcome.series_with_regression[static_cast<std::size_t>(place)] +=
          row.is_regression() ? 1 : 0;
      outcome.changes.push_back(row.change);
    }
  }
  std::ranges::sort(outcome.changes);
  return outcome;
}

void Print(std::string_view what, int gates, const Outcome& outcome) {
  std::printf("%.*s: a regression in %d of %d gates", static_cast<int>(what.size()), what.data(),
              outcome.gates_with_regression, gates);
  std::printf(" (%d measured again, %d without an answer, %d series not judged)\n",
              outcome.measured_again, outcome.gates_without_answer, outcome.series_unsure);
  for (std::size_t i = 0; i < std::size(kWorkloads); ++i) {
    std::printf("  %-18s %d\n", kWorkloads[i].data(), outcome.series_with_regression[i]);
  }
  if (!outcome.changes.empty()) {
    std::printf("  changes from %+.1f %% to %+.1f %%\n", 100 * outcome.changes.front(),
                100 * outcome.changes.back());
  }
  std::fflush(stdout);
}

int Try(const std::string& program, int gates) {
  Print("the same program", gates, TryGates(program, gates, "as-it-is"));
  Print("15 % slower", gates, TryGates(program, gates, "slowed"));
  return 0;
}

int Main(std::span<char*> arguments) {
  const std::string_view argument = arguments.size() > 1 ? arguments[1] : "20";
  if (argument == "--run-as-it-is") return RunOnce(false);
  if (argument == "--run-slowed") return RunOnce(true);
  int gates = 0;
  const auto parsed = std::from_chars(argument.data(), argument.data() + argument.size(), gates);
  if (parsed.ec != std::errc() || gates < 1) return Complain({"usage: gate_trial [GATES]"});
  return Try(arguments[0], gates);
}

}  // namespace
}  // namespace sigvet

int main(int argc, char** argv) { return sigvet::Main({argv, static_cast<std::size_t>(argc)}); }
