// What a case costs a jsonl port besides its own work: many cases through a native port that does
// next to nothing (trivial_port.cc), from the start of its process to its end, one case at a time
// and 32 at once. Every answer is checked. Both processes are held to one CPU: on two the time
// would be that of waking the other one up.

#include <sched.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "bench/workloads/workloads.h"
#include "harness/port/run_ports.h"

namespace sigvet {
namespace {

constexpr std::size_t kCases = 2000;

/// ses/published/rust-sample of the corpus.
constexpr std::string_view kPassword = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9";

Case MakeCase() {
  Case c;
  c.operation = FindOperation("ses-smtp-password");
  c.inputs = {std::int64_t{4}, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"};
  return c;
}

/// The program beside this one, as in a build, or in libexec/sigvet of an installation; or empty.
std::string FindTrivialPort() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const std::filesystem::path folder = self.parent_path();
  for (const auto& place : {folder, folder.parent_path() / "libexec" / "sigvet"}) {
    const std::filesystem::path port = place / "sigvet-trivial-port";
    if (std::filesystem::is_regular_file(port, error)) return port.string();
  }
  return {};
}

Port MakePort(const std::string& program, int in_flight) {
  Port port;
  port.manifest.file = "port.yaml";
  port.manifest.folder = "/";
  port.manifest.operations = {FindOperation("ses-smtp-password")};
  port.manifest.start_command = {program, std::to_string(in_flight), "ses-smtp-password",
                                 R"({"password":")" + std::string(kPassword) + "\"}"};
  return port;
}

/// While it is there, the thread and the processes that it starts stay on the CPU it is on.
class OnOneCpu {
 public:
  OnOneCpu() {
    const int cpu = sched_getcpu();
    if (cpu < 0 || sched_getaffinity(0, sizeof before_, &before_) != 0) return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(cpu), &one);
    held_ = sched_setaffinity(0, sizeof one, &one) == 0;
  }
  ~OnOneCpu() {
    if (held_) sched_setaffinity(0, sizeof before_, &before_);
  }
  OnOneCpu(const OnOneCpu&) = delete;
  OnOneCpu& operator=(const OnOneCpu&) = delete;

 private:
  cpu_set_t before_ = {};
  bool held_ = false;
};

/// Sends `count` cases through the port.
std::optional<Error> AskPort(const Port& port, std::size_t count) {
  const Case c = MakeCase();
  const std::vector<const Case*> cases(count, &c);
  std::size_t right = 0;
  const PortTask task = {
      &port, cases, [&right](std::size_t, const Answer& answer) {
        if (answer.kind == Answer::Kind::kOutput && answer.stages.back().value == kPassword) {
          ++right;
        }
      }};
  const auto outcomes = RunPorts({&task, 1}, {});
  if (right == count) return std::nullopt;
  return Error{std::to_string(count - right) + " of " + std::to_string(count) +
               " answers of the port are wrong or missing: " + outcomes.front().gave_up.message};
}

Result<PreparedWork> Prepare(int in_flight) {
  const std::string program = FindTrivialPort();
  if (program.empty()) {
    return PreparedWork{.loop = {},
                        .left_out_because =
                            "sigvet-trivial-port is neither beside this program nor in "
                            "../libexec/sigvet"};
  }
  const auto port = std::make_shared<const Port>(MakePort(program, in_flight));
  if (auto error = AskPort(*port, 100)) return *std::move(error);
  return PreparedWork{.loop =
                          [port](benchmark::State& state) {
                            const OnOneCpu on_one_cpu;
                            for (auto _ : state) {
                              if (const auto error = AskPort(*port, kCases)) {
                                return state.SkipWithError(error->message.c_str());
                              }
                            }
                          },
                      .items = kCases};
}

}  // namespace

std::vector<Workload> PortRoundTrip() {
  std::vector<Workload> workloads;
  for (const int in_flight : {1, 32}) {
    workloads.push_back({.id = "port-round-trip/" + std::to_string(in_flight),
                         .title = "a case through a port that does next to nothing, " +
                                  std::to_string(in_flight) + " at a time",
                         .item = "case",
                         .on_backend = false,
                         .on_clock = true,
                         .prepare = [in_flight](Backend*) { return Prepare(in_flight); }});
  }
  return workloads;
}

}  // namespace sigvet
