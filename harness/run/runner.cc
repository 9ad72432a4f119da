#include "harness/run/runner.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <exception>
#include <iterator>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "harness/run/judge.h"
#include "harness/run/verdicts.h"

namespace sigvet {
namespace {

using Clock = std::chrono::steady_clock;

/// Cases that a thread takes at once: few enough to share a small corpus, many enough that taking
/// them costs nothing.
constexpr std::size_t kChunkCases = 16;

std::string UtcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::string text(sizeof "2026-11-21T20:22:00Z", '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc));
  return text;
}

/// Everything of the report that is known before the run.
RunReport Prepare(const Plan& plan) {
  RunReport report;
  report.context.started_at = UtcNow();
  report.corpus.digest = plan.corpus->digest;
  report.corpus.case_count = static_cast<std::uint32_t>(plan.corpus->cases.size());
  for (const CorpusFile& file : plan.corpus->files) report.corpus.files.push_back(file.name);
  for (const PlannedSubject& subject : plan.subjects) report.subjects.push_back(subject.info);

  std::vector<std::optional<std::uint32_t>> report_suites(plan.corpus->suites.size());
  report.cases.reserve(plan.selected.cases.size());
  for (const std::uint32_t index : plan.selected.cases) {
    const Case& c = plan.corpus->cases[index];
    std::optional<std::uint32_t>& suite = report_suites[c.suite];
    if (!suite) {
      suite = static_cast<std::uint32_t>(report.suites.size());
      report.suites.push_back(plan.corpus->suites[c.suite].name);
    }
    report.cases.push_back({c.id, std::string(c.operation->name), *suite, c.file, c.line});
  }
  for (const std::uint32_t index : plan.selected.contested_left_out) {
    const std::string& suite = plan.corpus->suites[plan.corpus->cases[index].suite].name;
    std::vector<std::string>& suites = report.corpus.contested_suites;
    if (suites.empty() || suites.back() != suite) suites.push_back(suite);
  }
  report.corpus.contested_left_out =
      static_cast<std::uint32_t>(plan.selected.contested_left_out.size());
  report.results.reserve(report.cases.size() * report.subjects.size());
  for (std::uint32_t c = 0; c < report.cases.size(); ++c) {
    for (std::uint32_t s = 0; s < report.subjects.size(); ++s) {
      if (report.subjects[s].unavailable_because.empty()) report.results.push_back({c, s});
    }
  }
  return report;
}

/// A failure and the result that it belongs to, until both are put together in a fixed order.
struct NumberedFailure {
  std::size_t result;
  Failure failure;
};

/// What the threads of a run share.
struct Progress {
  std::atomic<std::size_t> next_case = 0;
  std::atomic<std::size_t> cases_done = 0;
};

/// One thread's part of a run: takes chunks of cases until there are none left.
class Worker {
 public:
  Worker(const Plan& plan, const RunOptions& options, RunReport& report, Progress& progress)
      : plan_(plan), options_(options), report_(report), progress_(progress) {}

  /// What goes wrong is kept for the thread that waits: see error().
  void Run(bool reports_progress) {
    try {
      RunCases(reports_progress);
    } catch (...) {
      error_ = std::current_exception();
    }
  }

  std::exception_ptr error() const { return error_; }
  std::vector<NumberedFailure>& failures() { return failures_; }

 private:
  void RunCases(bool reports_progress) {
    for (const PlannedSubject& subject : plan_.subjects) {
      if (subject.make) subjects_.push_back(subject.make());
    }
    const std::size_t count = plan_.selected.cases.size();
    while (!IsInterrupted()) {
      const std::size_t begin = progress_.next_case.fetch_add(kChunkCases);
      if (begin >= count) return;
      const std::size_t end = std::min(begin + kChunkCases, count);
      for (std::size_t i = begin; i < end && !IsInterrupted(); ++i) RunCase(i);
      const std::size_t done = progress_.cases_done.fetch_add(end - begin) + end - begin;
      if (reports_progress) options_.progress(done);
    }
  }

  bool IsInterrupted() const {
    return options_.interrupted != nullptr && options_.interrupted->load();
  }

  void RunCase(std::size_t index) {
    const Case& c = plan_.corpus->cases[plan_.selected.cases[index]];
    for (std::size_t s = 0; s < subjects_.size(); ++s) {
      const std::size_t result = index * subjects_.size() + s;
      Judgement judgement = Judge(c, subjects_[s]->Evaluate(c));
      report_.results[result].verdict = judgement.verdict;
      if (judgement.failure) failures_.push_back({result, std::move(*judgement.failure)});
    }
  }

  const Plan& plan_;
  const RunOptions& options_;
  RunReport& report_;
  Progress& progress_;
  std::exception_ptr error_;
  std::vector<std::unique_ptr<Subject>> subjects_;
  std::vector<NumberedFailure> failures_;
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

/// Puts the failures into the report in the order of the results, whichever thread found them.
void Collect(std::vector<NumberedFailure> failures, RunReport& report) {
  std::ranges::sort(failures, {}, &NumberedFailure::result);
  for (NumberedFailure& numbered : failures) {
    report.results[numbered.result].failure = static_cast<std::int32_t>(report.failures.size());
    report.failures.push_back(std::move(numbered.failure));
  }
  for (RunReport::CaseResult& result : report.results) {
    if (result.verdict != Verdict::kSkip || result.failure >= 0) continue;
    result.failure = static_cast<std::int32_t>(report.failures.size());
    report.failures.push_back({.reason = "not run: the run was interrupted"});
  }
}

}  // namespace

RunReport RunPlan(const Plan& plan, const RunOptions& options) {
  const Clock::time_point start = Clock::now();
  RunReport report = Prepare(plan);
  Progress progress;
  std::vector<Worker> workers;
  for (unsigned i = 0; i < std::max(1U, options.jobs); ++i) {
    workers.emplace_back(plan, options, report, progress);
  }
  RunWorkers(workers, static_cast<bool>(options.progress));
  std::vector<NumberedFailure> failures;
  for (Worker& worker : workers) {
    if (worker.error()) std::rethrow_exception(worker.error());
    std::ranges::move(worker.failures(), std::back_inserter(failures));
  }
  Collect(std::move(failures), report);

  report.context.interrupted = options.interrupted != nullptr && options.interrupted->load();
  // Before known failures hide who agrees with whom.
  MarkDisputes(report);
  ApplyKnownFailures(options.known_failures, *plan.corpus, options.subject_ids, report);
  report.totals = CountTotals(report);
  report.context.elapsed_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
  return report;
}

}  // namespace sigvet
