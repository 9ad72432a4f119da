#include "harness/run/port_runs.h"

#include <string>
#include <string_view>
#include <utility>

#include "harness/port/run_ports.h"

namespace sigvet {
namespace {

std::string JoinIds(std::span<const std::string_view> ids) {
  std::string text;
  for (const std::string_view id : ids) text.append(text.empty() ? "" : ", ").append(id);
  return text;
}

/// What several rounds came to: a later one adds what an earlier one did not say.
void Merge(Conversation::Outcome round, Conversation::Outcome& all) {
  if (!all.ready) all.ready = std::move(round.ready);
  if (all.gave_up.message.empty()) all.gave_up = std::move(round.gave_up);
  if (all.died.message.empty()) all.died = std::move(round.died);
  if (!round.stderr_tail.empty()) all.stderr_tail = std::move(round.stderr_tail);
}

}  // namespace

PortRuns::PortRuns(const Plan& plan, const RunOptions& options, AnswerSheet& sheet)
    : plan_(plan), options_(options), sheet_(sheet) {
  for (std::size_t i = 0; i < plan.subjects.size(); ++i) {
    const PlannedSubject& subject = plan.subjects[i];
    if (subject.port != nullptr && subject.IsAvailable()) {
      runners_.push_back({subject.port.get(), i, {}});
    }
  }
}

void PortRuns::RunRound(std::span<const std::uint32_t> order, std::size_t answers_before) {
  std::vector<const Case*> cases;
  cases.reserve(order.size());
  for (const std::uint32_t number : order) {
    cases.push_back(&plan_.corpus->cases[plan_.selected.cases[number]]);
  }
  std::vector<PortTask> tasks;
  std::vector<Runner*> asked;
  for (Runner& runner : runners_) {
    if (!runner.outcome.gave_up.message.empty()) continue;
    asked.push_back(&runner);
    tasks.push_back({runner.port, cases, [this, order, &runner](std::size_t i, const Answer& a) {
                       sheet_.Record(order[i], runner.number, a);
                     }});
  }
  if (tasks.empty()) return;
  RunPortsOptions options = {.jobs = options_.jobs, .interrupted = options_.interrupted};
  if (options_.progress) {
    options.progress = [&](std::span<const std::string_view> running, std::size_t answers) {
      options_.progress(answers_before + answers, JoinIds(running));
    };
  }
  std::vector<Conversation::Outcome> outcomes = RunPorts(tasks, options);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    Merge(std::move(outcomes[i]), asked[i]->outcome);
  }
}

void PortRuns::FillIn(RunReport& report) const {
  for (const Runner& runner : runners_) {
    const Conversation::Outcome& outcome = runner.outcome;
    RunReport::Subject& subject = report.subjects[runner.number];
    subject.stderr_tail = outcome.stderr_tail;
    if (outcome.ready) {
      if (subject.library.empty()) {
        subject.library = outcome.ready->name;
        if (!outcome.ready->version.empty()) subject.library += " " + outcome.ready->version;
      }
      subject.kernel = outcome.ready->crypto;
    }
    // What an interrupt kept from running is no fault of the port's.
    Error problem = outcome.gave_up.message.empty() ? outcome.died : outcome.gave_up;
    if (problem.message.empty() || options_.IsInterrupted()) continue;
    problem.message = subject.id + ": " + problem.message;
    if (problem.place.file.empty()) problem.place.file = runner.port->manifest.file;
    report.problems.push_back(std::move(problem));
  }
}

}  // namespace sigvet
