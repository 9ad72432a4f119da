#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/secret.h"
#include "harness/port/ending.h"
#include "harness/port/exec_case.h"
#include "harness/port/port_message.h"
#include "harness/port/prepare_port.h"
#include "harness/port/process.h"
#include "harness/port/running_port.h"

namespace sigvet {
namespace {

/// After so many cases in a row that a port died or hung on, or wrote without end, it is given up.
constexpr unsigned kMaxFailuresInARow = 5;
/// The most that an answer may be, in bytes.
constexpr std::size_t kMaxAnswerBytes = std::size_t{1} << 20;
/// While answers of more bytes than this wait for that of a case before them, none is started.
constexpr std::size_t kMaxWaitingBytes = std::size_t{32} << 20;
constexpr std::chrono::milliseconds kSecondLook{1};

/// An answer that waits for those of the cases before it.
struct Finished {
  Answer answer;
  /// Counts for giving up; absent where the port was not started.
  std::optional<bool> has_failed;
};

/// The end of what was written to standard error, as a reason.
std::string EndOfText(const std::string& text) {
  constexpr std::size_t kMaxReason = 300;
  constexpr std::string_view kBlanks = " \t\r\n";
  std::string_view end = text;
  end = end.substr(0, end.find_last_not_of(kBlanks) + 1);
  if (end.size() > kMaxReason) end.remove_prefix(end.size() - kMaxReason);
  end.remove_prefix(std::min(end.find_first_not_of(kBlanks), end.size()));
  return std::string(end);
}

/// A process for each case. What becomes of the port depends on the order of the cases, not on that
/// in which the processes end.
class ExecPort : public RunningPort {
 public:
  ExecPort(EventLoop& loop, const PortTask& task, std::function<void()> on_slot_free)
      : loop_(loop),
        task_(task),
        environment_(PortEnvironment(task.port->manifest)),
        on_slot_free_(std::move(on_slot_free)) {}

  bool TakeSlot() override {
    while (next_ < task_.cases.size() && WaitingBytes() <= kMaxWaitingBytes) {
      const std::size_t number = next_++;
      const Case& c = *task_.cases[number];
      if (std::optional<Answer> not_done = AnswerWithoutAsking(task_.port->manifest, c)) {
        Finish(number, {*std::move(not_done), {}});
        continue;
      }
      auto command = MakeExecCase(*task_.port, c, environment_);
      if (command) {
        if (StartCase(number, *command)) return true;
      } else {
        Finish(number, {{Answer::Kind::kLeftOut, {}, command.error().message}, {}});
      }
    }
    return false;
  }
  std::size_t slots() const override { return running_.size(); }
  void Interrupt() override { NotRun(kRunInterrupted); }
  Conversation::Outcome outcome() const override { return outcome_; }

 private:
  struct RunningCase {
    explicit RunningCase(EventLoop& loop, std::function<void()> on_time)
        : timer(loop, std::move(on_time)) {}

    std::unique_ptr<Process> process;
    Timer timer;
    std::string output;
    bool has_second_look = false;
    bool is_too_long = false;
    bool is_too_late = false;
  };

  std::size_t WaitingBytes() const;
  bool StartCase(std::size_t number, ExecCase& command);
  void OnExit(std::size_t number, ExitStatus status);
  Finished JudgeEnd(const RunningCase& running, ExitStatus status) const;
  Answer ReadOutput(std::string_view output, const Case& c) const;
  void Finish(std::size_t number, Finished finished);
  void NotRun(const std::string& why);

  EventLoop& loop_;
  const PortTask& task_;
  std::vector<std::string> environment_;
  std::function<void()> on_slot_free_;
  Conversation::Outcome outcome_;
  std::map<std::size_t, std::unique_ptr<RunningCase>> running_;
  std::map<std::size_t, Finished> finished_;
  /// The next case to be started, and the next whose answer is to be told.
  std::size_t next_ = 0;
  std::size_t next_to_tell_ = 0;
  unsigned failures_in_a_row_ = 0;
};

std::size_t ExecPort::WaitingBytes() const {
  std::size_t bytes = 0;
  for (const auto& [number, finished] : finished_) {
    bytes += finished.answer.stderr_tail.size();
    for (const StageValue& stage : finished.answer.stages) bytes += stage.value.size();
  }
  return bytes;
}

bool ExecPort::StartCase(std::size_t number, ExecCase& command) {
  auto running = std::make_unique<RunningCase>(loop_, [this, number] {
    RunningCase& late = *running_.at(number);
    // It may have ended already, where this program was kept from noticing that in time.
    if (!std::exchange(late.has_second_look, true)) return late.timer.Set(kSecondLook);
    late.is_too_late = late.process->End();
  });
  RunningCase* const self = running.get();
  auto process = Process::Start(loop_, command.spec,
                                {.on_output =
                                     [self](std::string_view bytes) {
                                       if (self->is_too_long) return;
                                       self->output += bytes;
                                       if (self->output.size() <= kMaxAnswerBytes) return;
                                       self->is_too_long = true;
                                       self->process->End();
                                     },
                                 .on_exit = [this, number](ExitStatus s) { OnExit(number, s); }});
  if (!process) {
    outcome_.gave_up = process.error();
    outcome_.gave_up.message = "can't start: " + outcome_.gave_up.message;
    NotRun(outcome_.gave_up.message);
    return false;
  }
  self->process = *std::move(process);
  self->process->Send(std::move(command.standard_input));
  self->process->CloseInput();
  self->timer.Set(task_.port->manifest.limits.answer);
  running_.emplace(number, std::move(running));
  return true;
}

void ExecPort::OnExit(std::size_t number, ExitStatus status) {
  const std::unique_ptr<RunningCase> running = std::move(running_.extract(number).mapped());
  if (number >= next_to_tell_) {
    Finished finished = JudgeEnd(*running, status);
    if (finished.answer.kind == Answer::Kind::kOutput) {
      finished.answer = ReadOutput(running->output, *task_.cases[number]);
    }
    finished.answer.stderr_tail = running->process->StderrTail();
    Finish(number, std::move(finished));
  }
  on_slot_free_();
}

/// kOutput where it did as it should; what it wrote is not looked at.
Finished ExecPort::JudgeEnd(const RunningCase& running, ExitStatus status) const {
  const PortManifest& manifest = task_.port->manifest;
  if (running.is_too_long) {
    return {ProtocolError("wrote more than 1 MiB", "standard output is for the answer alone",
                          std::string_view{running.output}.substr(0, 200)),
            true};
  }
  if (running.is_too_late) {
    const Ending ending = SilentFor(manifest.limits, {.is_ready = true, .wrote_line = true});
    return {{ending.kind, {}, ending.error.message, ending.error.hint}, true};
  }
  if (status == ExitStatus{}) return {{Answer::Kind::kOutput, {}, {}}, false};
  if (status.signal == 0 && manifest.refusal_exit_code == status.code) {
    const std::string reason = EndOfText(running.process->StderrTail());
    return {{Answer::Kind::kRefused, {}, reason.empty() ? ToString(status) : reason}, false};
  }
  Answer crash = {Answer::Kind::kCrash, {}, ToString(status)};
  if (status.signal == 0 && !manifest.refusal_exit_code) {
    const std::string code = std::to_string(status.code);
    crash.hint = "if that is how it refuses an input: refusal_exit_code: " + code +
                 " in port.yaml, or --refusal-exit-code " + code;
  }
  return {std::move(crash), true};
}

Answer ExecPort::ReadOutput(std::string_view output, const Case& c) const {
  const bool strip = task_.port->manifest.strip_newline;
  if (strip && output.ends_with('\n')) output.remove_suffix(1);
  const FieldSpec* stage = nullptr;
  for (const FieldSpec& field : c.operation->stages) {
    if (c.Uses(field)) stage = &field;
  }
  Answer answer = {Answer::Kind::kOutput, {{stage, std::string(output)}}, {}};
  if (!strip && output.ends_with('\n')) {
    answer.hint = "strip_newline: true in port.yaml leaves the line break out";
  }
  return answer;
}

/// Tells all answers whose turn it is.
void ExecPort::Finish(std::size_t number, Finished finished) {
  finished_.emplace(number, std::move(finished));
  while (!finished_.empty() && finished_.begin()->first == next_to_tell_) {
    auto [answer, has_failed] = std::move(finished_.extract(finished_.begin()).mapped());
    const std::string what = answer.detail;
    if (has_failed) outcome_.stderr_tail = answer.stderr_tail;
    task_.answer(next_to_tell_++, std::move(answer));
    if (!has_failed) continue;
    failures_in_a_row_ = *has_failed ? failures_in_a_row_ + 1 : 0;
    if (failures_in_a_row_ < kMaxFailuresInARow || next_to_tell_ == task_.cases.size()) continue;
    outcome_.gave_up.message = "gave up after " + std::to_string(kMaxFailuresInARow) +
                               " cases in a row that it failed on; the last time: " + what;
    // Whether later ones ran meanwhile depends on the number of slots.
    finished_.clear();
    return NotRun(outcome_.gave_up.message);
  }
}

/// Ends what runs, and says of every case that has not come to its end that it was not run.
void ExecPort::NotRun(const std::string& why) {
  next_ = task_.cases.size();
  for (const auto& [number, running] : running_) running->process->End();
  for (; next_to_tell_ < task_.cases.size(); ++next_to_tell_) {
    auto finished = finished_.extract(next_to_tell_);
    task_.answer(next_to_tell_, finished.empty() ? Answer{Answer::Kind::kNotRun, {}, why}
                                                 : std::move(finished.mapped().answer));
  }
}

}  // namespace

std::unique_ptr<RunningPort> MakeExecPort(EventLoop& loop, const PortTask& task,
                                          std::function<void()> on_slot_free) {
  return std::make_unique<ExecPort>(loop, task, std::move(on_slot_free));
}

}  // namespace sigvet
