#include "harness/run/runner.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/run/answer_sheet.h"
#include "harness/run/backend_runs.h"
#include "harness/run/case_order.h"
#include "harness/run/findings.h"
#include "harness/run/port_runs.h"
#include "harness/run/run_problems.h"
#include "harness/run/verdicts.h"

namespace sigvet {
namespace {

using Clock = std::chrono::steady_clock;

std::string UtcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::string text(sizeof "2026-11-21T20:22:00Z", '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc));
  return text;
}

/// Fills in `report.provenances`, each once.
class ProvenanceTable {
 public:
  explicit ProvenanceTable(RunReport& report) : report_(report) {}

  std::uint32_t IndexOf(const Provenance& provenance) {
    if (&provenance == last_) return last_index_;  // neighbours share theirs
    RunReport::Provenance entry = {std::string(ToString(provenance.kind)), provenance.source,
                                   provenance.agree};
    const auto [found, is_new] =
        indices_.try_emplace(entry, static_cast<std::uint32_t>(report_.provenances.size()));
    if (is_new) report_.provenances.push_back(std::move(entry));
    last_ = &provenance;
    return last_index_ = found->second;
  }

 private:
  RunReport& report_;
  std::map<RunReport::Provenance, std::uint32_t> indices_;
  const Provenance* last_ = nullptr;
  std::uint32_t last_index_ = 0;
};

/// Everything of the report that is known before the run.
RunReport Prepare(const Plan& plan) {
  RunReport report;
  report.context.started_at = UtcNow();
  report.context.shard_index = plan.shard.index;
  report.context.shard_count = plan.shard.count;
  report.corpus.digest = plan.corpus->digest;
  report.corpus.case_count = static_cast<std::uint32_t>(plan.corpus->cases.size());
  for (const CorpusFile& file : plan.corpus->files) report.corpus.files.push_back(file.name);
  for (const PlannedSubject& subject : plan.subjects) report.subjects.push_back(subject.info);
  report.problems = plan.problems;

  std::vector<std::optional<std::uint32_t>> report_suites(plan.corpus->suites.size());
  report.cases.reserve(plan.selected.cases.size());
  ProvenanceTable provenances(report);
  for (const std::uint32_t index : plan.selected.cases) {
    const Case& c = plan.corpus->cases[index];
    std::optional<std::uint32_t>& suite = report_suites[c.suite];
    if (!suite) {
      suite = static_cast<std::uint32_t>(report.suites.size());
      report.suites.push_back(plan.corpus->suites[c.suite].name);
    }
    report.cases.push_back({c.id, std::string(c.operation->name), *suite, c.file, c.line,
                            provenances.IndexOf(*c.provenance), c.why});
  }
  for (const std::uint32_t index : plan.selected.contested_left_out) {
    const std::string& suite = plan.corpus->suites[plan.corpus->cases[index].suite].name;
    std::vector<std::string>& suites = report.corpus.contested_suites;
    if (suites.empty() || suites.back() != suite) suites.push_back(suite);
  }
  // The order of shards that are joined must not show.
  std::ranges::sort(report.corpus.contested_suites);
  report.corpus.contested_left_out =
      static_cast<std::uint32_t>(plan.selected.contested_left_out.size());
  report.results.reserve(report.cases.size() * report.subjects.size());
  for (std::uint32_t c = 0; c < report.cases.size(); ++c) {
    for (std::uint32_t s = 0; s < report.subjects.size(); ++s) {
      if (plan.subjects[s].IsAvailable()) report.results.push_back({c, s});
    }
  }
  return report;
}

/// All rounds, up to an interrupt.
WrongAnswers RunRounds(const Plan& plan, const RunOptions& options, RunReport& report) {
  const unsigned rounds = std::max(1U, options.repeat);
  AnswerSheet sheet(plan, rounds, report);
  PortRuns ports(plan, options, sheet);
  const auto backend_count = static_cast<std::size_t>(std::ranges::count_if(
      plan.subjects, [](const PlannedSubject& subject) { return subject.make != nullptr; }));
  for (unsigned round = 0; round < rounds && !options.IsInterrupted(); ++round) {
    if (round > 0) sheet.BeginNextRound();
    const std::vector<std::uint32_t> order = CaseOrder(plan.selected.cases.size(), round);
    std::size_t answers = round * report.results.size();
    RunBackends(plan, options, order, answers, sheet);
    answers += backend_count * order.size();
    if (!options.IsInterrupted()) ports.RunRound(order, answers);
  }
  sheet.Finish();
  ports.FillIn(report);
  return sheet.TakeWrongAnswers();
}

/// The required operations that other shards don't have alone.
std::vector<std::string> RequiredHere(const Plan& plan, const RunOptions& options) {
  std::vector<std::string> required(options.required_operations.begin(),
                                    options.required_operations.end());
  std::erase_if(required, [&](const std::string& operation) {
    return std::ranges::find(plan.operations_elsewhere, operation) !=
           plan.operations_elsewhere.end();
  });
  return required;
}

}  // namespace

RunReport RunPlan(const Plan& plan, const RunOptions& options) {
  const Clock::time_point start = Clock::now();
  RunReport report = Prepare(plan);
  report.context.repeat = std::max(1U, options.repeat);
  report.context.required_operations.assign(options.required_operations.begin(),
                                            options.required_operations.end());
  const WrongAnswers wrong_answers = RunRounds(plan, options, report);

  report.context.interrupted = options.IsInterrupted();
  // Before known failures hide who agrees with whom.
  MarkDisputes(report);
  // And before they take their failures away: what is known to fail has a reason, too.
  AddFindings(
      plan, wrong_answers, options.jobs, [&] { return options.IsInterrupted(); }, report);
  ApplyKnownFailures(options.known_failures, *plan.corpus, options.subject_ids, report);
  if (!report.context.interrupted) AddWhatDidNotRun(RequiredHere(plan, options), report);
  report.totals = CountTotals(report);
  report.context.elapsed_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
  return report;
}

}  // namespace sigvet
