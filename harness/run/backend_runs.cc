#include "harness/run/backend_runs.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <system_error>
#include <thread>
#include <vector>

#include "harness/subject/subject.h"

namespace sigvet {
namespace {

/// Cases that a thread takes at once: few enough to share a small corpus, many enough that taking
/// them costs nothing.
constexpr std::size_t kChunkCases = 16;

/// What the threads of a round share.
struct Round {
  const Plan& plan;
  const RunOptions& options;
  std::span<const std::uint32_t> order;
  std::size_t answers_before;
  AnswerSheet& sheet;
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> answers = 0;
};

/// One thread's part of a round: takes chunks of cases until there are none left.
class Worker {
 public:
  explicit Worker(Round& round) : round_(round) {}

  /// What goes wrong is kept for the thread that waits: see error().
  void Run(bool reports_progress) {
    try {
      RunCases(reports_progress);
    } catch (...) {
      error_ = std::current_exception();
    }
  }

  std::exception_ptr error() const { return error_; }

 private:
  /// A subject and its number in the plan.
  struct Numbered {
    std::size_t number;
    std::unique_ptr<Subject> subject;
  };

  void RunCases(bool reports_progress) {
    const std::vector<PlannedSubject>& planned = round_.plan.subjects;
    for (std::size_t i = 0; i < planned.size(); ++i) {
      if (planned[i].make) subjects_.push_back({i, planned[i].make()});
    }
    const std::size_t count = round_.order.size();
    while (!round_.options.IsInterrupted()) {
      const std::size_t begin = round_.next.fetch_add(kChunkCases);
      if (begin >= count) return;
      const std::size_t end = std::min(begin + kChunkCases, count);
      for (std::size_t i = begin; i < end && !round_.options.IsInterrupted(); ++i) {
        RunCase(round_.order[i]);
      }
      const std::size_t done = (end - begin) * subjects_.size();
      const std::size_t answers = round_.answers.fetch_add(done) + done;
      if (reports_progress) round_.options.progress(round_.answers_before + answers, {});
    }
  }

  void RunCase(std::size_t case_number) {
    const Plan& plan = round_.plan;
    const Case& c = plan.corpus->cases[plan.selected.cases[case_number]];
    for (const Numbered& subject : subjects_) {
      round_.sheet.Record(case_number, subject.number, subject.subject->Evaluate(c));
    }
  }

  Round& round_;
  std::exception_ptr error_;
  std::vector<Numbered> subjects_;
};

/// Runs each worker on a thread of its own, the first on this one. Where there can't be so many
/// threads, there are fewer.
void RunWorkers(std::vector<Worker>& workers, bool reports_progress) {
  std::vector<std::jthread> threads;
  try {
    for (std::size_t i = 1; i < workers.size(); ++i) {
      threads.emplace_back([&worker = workers[i]] { worker.Run(false); });
    }
  } catch (const std::system_error&) {
    // Cases are taken, not dealt out: those who are there do them all.
  }
  workers.front().Run(reports_progress);
}

}  // namespace

void RunBackends(const Plan& plan, const RunOptions& options, std::span<const std::uint32_t> order,
                 std::size_t answers_before, AnswerSheet& sheet) {
  const auto runs_here = [](const PlannedSubject& subject) { return subject.make != nullptr; };
  if (std::ranges::none_of(plan.subjects, runs_here)) return;
  Round round = {plan, options, order, answers_before, sheet};
  std::vector<Worker> workers;
  for (unsigned i = 0; i < std::max(1U, options.jobs); ++i) workers.emplace_back(round);
  RunWorkers(workers, static_cast<bool>(options.progress));
  for (const Worker& worker : workers) {
    if (worker.error()) std::rethrow_exception(worker.error());
  }
}

}  // namespace sigvet
