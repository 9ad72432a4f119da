#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/secret.h"
#include "harness/port/line_reader.h"
#include "harness/port/placeholder.h"
#include "harness/port/prepare_port.h"
#include "harness/port/process.h"
#include "harness/port/running_port.h"

namespace sigvet {
namespace {

using std::chrono::milliseconds;

ProcessSpec MakeSpec(const Port& port) {
  ProcessSpec spec = {{}, port.manifest.folder, PortEnvironment(port.manifest)};
  for (const std::string& argument : port.manifest.start_command) {
    spec.arguments.push_back(FillPlaceholders(
        argument, [&](std::string_view) -> std::string_view { return port.build_folder; }));
  }
  return spec;
}

/// A conversation over the streams of a process.
class JsonlPort : public RunningPort, private PortLink {
 public:
  JsonlPort(EventLoop& loop, const PortTask& task, std::function<void()> on_slot_free)
      : loop_(loop),
        spec_(MakeSpec(*task.port)),
        on_slot_free_(std::move(on_slot_free)),
        answer_timer_(loop, [this] { OnTime(); }),
        start_failed_(loop, [this] { Tell([this] { conversation_.OnStartFailed(error_); }); }),
        conversation_(task.port->manifest, task.cases, task.answer, *this) {}

  bool TakeSlot() override {
    if (std::exchange(has_begun_, true)) return false;
    conversation_.Begin();
    // Where it does none of the cases no slot is taken.
    takes_slot_ = !conversation_.is_done();
    return takes_slot_;
  }
  std::size_t slots() const override { return takes_slot_ ? 1 : 0; }
  void Interrupt() override {
    has_begun_ = true;
    Tell([this] { conversation_.Interrupt(); });
  }
  Conversation::Outcome outcome() const override {
    Conversation::Outcome outcome = conversation_.outcome();
    outcome.wrote_crlf = wrote_crlf_;
    return outcome;
  }

 private:
  void Start() override {
    reader_ = {};
    is_ending_ = false;
    auto process = Process::Start(
        loop_, spec_,
        {.on_output = [this](std::string_view bytes) { OnOutput(bytes); },
         .on_input_closed = [this] { Tell([this] { conversation_.OnInputClosed(); }); },
         .on_output_closed = [this] { Tell([this] { conversation_.OnOutputClosed(); }); },
         .on_exit = [this](ExitStatus status) { OnExit(status); }});
    if (process) {
      process_ = *std::move(process);
    } else {
      error_ = process.error();
      start_failed_.Set(milliseconds(0));
    }
  }
  void Send(std::string line) override {
    if (process_ != nullptr) return process_->Send(std::move(line));
    SecureWipe(line.data(), line.size());
  }
  void CloseInput() override {
    if (process_ != nullptr) process_->CloseInput();
  }
  void End() override {
    is_ending_ = true;
    if (process_ != nullptr) process_->End();
  }
  bool HasExited() const override { return process_ != nullptr && process_->has_exited(); }
  void SetTimer(milliseconds delay) override {
    is_late_ = false;
    answer_timer_.Set(delay);
  }
  void StopTimer() override { answer_timer_.Stop(); }

  void OnTime() {
    // The answer may lie there already, where this program was kept from reading it in time. The
    // loop reads before it looks at its timers again.
    if (!std::exchange(is_late_, true)) return answer_timer_.Set(milliseconds(1));
    Tell([this] { conversation_.OnTimeout(); });
  }

  void OnOutput(std::string_view bytes) {
    Tell([&] {
      const bool goes_on = reader_.Feed(bytes, [this](std::string_view line) {
        conversation_.OnLine(line);
        return !is_ending_;
      });
      if (!goes_on && !is_ending_) conversation_.OnEndlessLine(reader_.unfinished());
    });
  }

  void OnExit(ExitStatus status) {
    std::string stderr_tail = process_->StderrTail();
    // The conversation may start another one.
    process_.reset();
    const LineReader reader = std::exchange(reader_, {});
    wrote_crlf_ = wrote_crlf_ || reader.saw_crlf();
    Tell([&] { conversation_.OnExit(status, std::move(stderr_tail), reader.unfinished()); });
  }

  template <typename Event>
  void Tell(const Event& event) {
    event();
    if (takes_slot_ && conversation_.is_done()) {
      takes_slot_ = false;
      on_slot_free_();
    }
  }

  EventLoop& loop_;
  ProcessSpec spec_;
  std::function<void()> on_slot_free_;
  std::unique_ptr<Process> process_;
  LineReader reader_;
  Timer answer_timer_;
  Timer start_failed_;
  Error error_;
  bool has_begun_ = false;
  bool takes_slot_ = false;
  bool is_ending_ = false;
  bool is_late_ = false;
  bool wrote_crlf_ = false;
  Conversation conversation_;
};

}  // namespace

std::unique_ptr<RunningPort> MakeJsonlPort(EventLoop& loop, const PortTask& task,
                                           std::function<void()> on_slot_free) {
  return std::make_unique<JsonlPort>(loop, task, std::move(on_slot_free));
}

}  // namespace sigvet
