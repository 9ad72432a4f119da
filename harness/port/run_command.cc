#include "harness/port/run_command.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

namespace sigvet {
namespace {

using std::chrono::milliseconds;
using End = CommandOutcome::End;

constexpr std::size_t kBeginBytes = std::size_t{4} << 10;
constexpr std::size_t kEndBytes = std::size_t{64} << 10;
/// How often it is looked whether all is interrupted.
constexpr milliseconds kPollInterval{50};

/// One command while it runs.
class RunningCommand {
 public:
  RunningCommand(EventLoop& loop, const Command& command)
      : limit_(loop, [this] { EndBecause(End::kTimeout); }) {
    auto process = Process::Start(loop, command.process,
                                  {.on_output = [this](std::string_view bytes) { OnOutput(bytes); },
                                   .on_input_closed = {},
                                   .on_output_closed = {},
                                   .on_exit = [this](ExitStatus status) { OnExit(status); }});
    if (!process) {
      outcome_.end = End::kNotStarted;
      outcome_.error = process.error();
      return;
    }
    process_ = *std::move(process);
    process_->CloseInput();
    limit_.Set(command.limit);
  }

  bool is_done() const { return process_ == nullptr; }

  void EndBecause(End end) {
    if (is_done() || outcome_.end != End::kExited) return;
    outcome_.end = end;
    process_->End();
  }

  CommandOutcome TakeOutcome() { return std::move(outcome_); }

 private:
  void OnOutput(std::string_view bytes) {
    std::string& begin = outcome_.output_begin;
    begin += bytes.substr(0, kBeginBytes - begin.size());
    std::string& end = outcome_.output_end;
    end += bytes;
    if (end.size() > 2 * kEndBytes) end.erase(0, end.size() - kEndBytes);
  }

  void OnExit(ExitStatus status) {
    limit_.Stop();
    outcome_.status = status;
    outcome_.stderr_tail = process_->StderrTail();
    std::string& end = outcome_.output_end;
    end.erase(0, end.size() - std::min(end.size(), kEndBytes));
    process_.reset();
  }

  std::unique_ptr<Process> process_;
  CommandOutcome outcome_;
  Timer limit_;
};

}  // namespace

std::vector<CommandOutcome> RunCommands(std::span<const Command> commands,
                                        const std::atomic<bool>* interrupted) {
  EventLoop loop;
  std::vector<std::unique_ptr<RunningCommand>> running;
  running.reserve(commands.size());
  for (const Command& command : commands) {
    running.push_back(std::make_unique<RunningCommand>(loop, command));
  }
  std::unique_ptr<Timer> poll;
  const auto look = [&] {
    if (std::ranges::all_of(running, &RunningCommand::is_done)) return;
    for (const auto& command : running) {
      if (*interrupted) command->EndBecause(End::kInterrupted);
    }
    poll->Set(kPollInterval);
  };
  if (interrupted != nullptr) {
    poll = std::make_unique<Timer>(loop, look);
    poll->Set({});
  }
  loop.Run();
  poll.reset();
  std::vector<CommandOutcome> outcomes;
  outcomes.reserve(running.size());
  for (const auto& command : running) outcomes.push_back(command->TakeOutcome());
  return outcomes;
}

}  // namespace sigvet
