#include "harness/port/run_ports.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "base/check.h"
#include "harness/port/event_loop.h"
#include "harness/port/orphans.h"
#include "harness/port/running_port.h"

namespace sigvet {
namespace {

/// How often it is looked whether the run is interrupted, and progress told.
constexpr std::chrono::milliseconds kPollInterval{50};

/// Deals out the slots, and counts the answers.
class Scheduler {
 public:
  Scheduler(std::span<const PortTask> tasks, const RunPortsOptions& options)
      : options_(options),
        deal_timer_(loop_, [this] { DealSlots(); }),
        poll_timer_(loop_, [this] { Poll(); }) {
    tasks_.reserve(tasks.size());
    for (const PortTask& task : tasks) AddTask(task);
  }

  std::vector<Conversation::Outcome> RunAll() {
    poll_timer_.Set(kPollInterval);
    deal_timer_.Set({});
    loop_.Run();
    std::vector<Conversation::Outcome> outcomes;
    outcomes.reserve(tasks_.size());
    for (const auto& [task, port] : tasks_) outcomes.push_back(port->outcome());
    return outcomes;
  }

 private:
  struct Running {
    std::unique_ptr<PortTask> task;
    std::unique_ptr<RunningPort> port;
  };

  void AddTask(const PortTask& task) {
    auto counting = std::make_unique<PortTask>(task);
    counting->answer = [this, answer = task.answer,
                        has_answer = std::vector<bool>(task.cases.size())](std::size_t number,
                                                                           Answer given) mutable {
      if (!has_answer[number]) ++answers_;
      has_answer[number] = true;
      answer(number, std::move(given));
    };
    const bool is_exec = task.port->manifest.mode == PortManifest::Mode::kExec;
    // Later, as the port is in the midst of something.
    auto on_slot_free = [this] { deal_timer_.Set({}); };
    auto port = is_exec ? MakeExecPort(loop_, *counting, std::move(on_slot_free))
                        : MakeJsonlPort(loop_, *counting, std::move(on_slot_free));
    tasks_.push_back({std::move(counting), std::move(port)});
  }

  std::size_t TakenSlots() const {
    std::size_t taken = 0;
    for (const Running& running : tasks_) taken += running.port->slots();
    return taken;
  }

  void DealSlots() {
    Interrupt();
    std::size_t taken = TakenSlots();
    for (const Running& running : tasks_) {
      while (!was_interrupted_ && taken < std::max(options_.jobs, 1U) && running.port->TakeSlot()) {
        ++taken;
      }
    }
    if (TakenSlots() == 0) poll_timer_.Stop();
  }

  void Interrupt() {
    if (was_interrupted_ || options_.interrupted == nullptr || !*options_.interrupted) return;
    was_interrupted_ = true;
    for (const Running& running : tasks_) running.port->Interrupt();
  }

  void Poll() {
    poll_timer_.Set(kPollInterval);
    ReapOrphans();
    Interrupt();
    if (!options_.progress) return;
    std::vector<std::string_view> ids;
    for (const auto& [task, port] : tasks_) {
      if (port->slots() > 0) ids.emplace_back(task->port->manifest.id);
    }
    options_.progress(ids, answers_);
  }

  const RunPortsOptions& options_;
  EventLoop loop_;
  Timer deal_timer_;
  Timer poll_timer_;
  std::vector<Running> tasks_;
  std::size_t answers_ = 0;
  bool was_interrupted_ = false;
};

}  // namespace

std::vector<Conversation::Outcome> RunPorts(std::span<const PortTask> tasks,
                                            const RunPortsOptions& options) {
  return Scheduler(tasks, options).RunAll();
}

}  // namespace sigvet
