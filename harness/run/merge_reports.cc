#include "harness/run/merge_reports.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "harness/run/known_failures.h"
#include "harness/run/merge_checks.h"
#include "harness/run/merge_findings.h"
#include "harness/run/run_problems.h"
#include "harness/run/verdicts.h"

namespace sigvet {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Where a case of the whole is from.
struct Origin {
  std::uint32_t shard;
  std::uint32_t number;
};

/// The cases of all shards in the corpus's order: each file is of one shard, which has its cases in
/// their order.
std::vector<Origin> OrderCases(const std::vector<ShardReport>& shards) {
  std::vector<Origin> order;
  for (std::uint32_t s = 0; s < shards.size(); ++s) {
    const auto count = static_cast<std::uint32_t>(shards[s].report.cases.size());
    for (std::uint32_t i = 0; i < count; ++i) order.push_back({s, i});
  }
  std::ranges::stable_sort(order, {}, [&](const Origin& origin) {
    return shards[origin.shard].report.cases[origin.number].file;
  });
  return order;
}

/// The texts, each once.
std::string AOrB(const std::vector<std::string>& texts) {
  std::vector<std::string_view> different;
  for (const std::string& text : texts) {
    if (!text.empty() && std::ranges::find(different, text) == different.end()) {
      different.push_back(text);
    }
  }
  std::string joined;
  for (const std::string_view text : different) {
    joined.append(joined.empty() ? "" : " or ").append(text);
  }
  return joined;
}

/// Puts names or provenances into a list of the whole, each once.
template <typename T>
class Table {
 public:
  Table(std::size_t shards, std::vector<T>& whole) : numbers_(shards), whole_(whole) {}

  /// The number, in the whole, of the entry `number` of `list`, which is that of the shard `shard`.
  std::uint32_t NumberOf(std::uint32_t shard, const std::vector<T>& list, std::uint32_t number) {
    std::vector<std::uint32_t>& numbers = numbers_[shard];
    if (numbers.empty()) numbers.assign(list.size(), kNone);
    if (numbers[number] == kNone) {
      const auto [entry, is_new] =
          index_.try_emplace(list[number], static_cast<std::uint32_t>(whole_.size()));
      if (is_new) whole_.push_back(list[number]);
      numbers[number] = entry->second;
    }
    return numbers[number];
  }

 private:
  std::vector<std::vector<std::uint32_t>> numbers_;
  std::map<T, std::uint32_t> index_;
  std::vector<T>& whole_;
};

class Merger {
 public:
  explicit Merger(std::vector<ShardReport> shards) : shards_(std::move(shards)) {}

  RunReport Merge() {
    JoinContext();
    JoinSubjects();
    JoinProblems();
    JoinCases();
    whole_.findings = MergeFindings(std::move(findings_));
    for (std::size_t i = 0; i < whole_.findings.size(); ++i) {
      for (const std::uint32_t result : whole_.findings[i].results) {
        whole_.results[result].finding = static_cast<std::int32_t>(i);
      }
    }
    if (whole_.context.interrupted) whole_.known_not_run.clear();  // they may have run later
    AddKnownNotRun(whole_);
    SortProblems();
    if (!whole_.context.interrupted) {
      AddWhatDidNotRun(whole_.context.required_operations, whole_);
    }
    whole_.totals = CountTotals(whole_);
    return std::move(whole_);
  }

 private:
  /// Calls `take` with the report of each shard.
  template <typename Take>
  void ForEach(Take take) {
    for (ShardReport& shard : shards_) take(shard.report);
  }

  void JoinContext() {
    RunReport::Context& context = whole_.context = shards_.front().report.context;
    context.shard_index = 0;
    context.shard_count = 0;
    whole_.corpus = shards_.front().report.corpus;
    RunReport::CorpusSummary& corpus = whole_.corpus;
    corpus.case_count = 0;
    corpus.contested_left_out = 0;
    std::set<std::string> contested_suites;
    std::vector<std::string> systems;
    ForEach([&](const RunReport& report) {
      context.started_at = std::min(context.started_at, report.context.started_at);
      context.elapsed_ms = std::max(context.elapsed_ms, report.context.elapsed_ms);
      context.interrupted = context.interrupted || report.context.interrupted;
      systems.push_back(report.context.system);
      corpus.case_count += report.corpus.case_count;
      corpus.contested_left_out += report.corpus.contested_left_out;
      contested_suites.insert(report.corpus.contested_suites.begin(),
                              report.corpus.contested_suites.end());
      whole_.not_searched += report.not_searched;
    });
    context.system = AOrB(systems);
    corpus.contested_suites.assign(contested_suites.begin(), contested_suites.end());
  }

  void JoinSubjects() {
    whole_.subjects = shards_.front().report.subjects;
    for (std::size_t i = 0; i < whole_.subjects.size(); ++i) {
      const auto join = [&](std::string RunReport::Subject::*text) {
        std::vector<std::string> texts;
        ForEach([&](const RunReport& report) { texts.push_back(report.subjects[i].*text); });
        whole_.subjects[i].*text = AOrB(texts);
      };
      join(&RunReport::Subject::library);
      join(&RunReport::Subject::kernel);
      join(&RunReport::Subject::unavailable_because);
      ForEach([&](const RunReport& report) {
        const std::string& tail = report.subjects[i].stderr_tail;
        if (!tail.empty()) whole_.subjects[i].stderr_tail = tail;
      });
    }
  }

  /// But for those that can only be told of the whole.
  void JoinProblems() {
    ForEach([&](RunReport& report) {
      for (Error& problem : report.problems) {
        if (IsWhatDidNotRun(problem)) continue;
        const bool is_new = std::ranges::find(whole_.problems, problem) == whole_.problems.end();
        if (is_new) whole_.problems.push_back(std::move(problem));
      }
      for (RunReport::KnownNotRun& known : report.known_not_run) {
        const bool is_new =
            std::ranges::find(whole_.known_not_run, known) == whole_.known_not_run.end();
        if (is_new) whole_.known_not_run.push_back(std::move(known));
      }
    });
  }

  /// Those of known failures come last, by their files in the order in which they were given, then
  /// those of ports; and by their lines.
  void SortProblems() {
    std::vector<std::string> files = whole_.context.known_failing_paths;
    const auto key = [&](const Error& problem) {
      if (!IsOfKnownFailure(problem)) return std::pair(std::ptrdiff_t{-1}, decltype(Place::line){});
      const auto found = std::ranges::find(files, problem.place.file);
      return std::pair(found - files.begin(), problem.place.line);
    };
    for (const Error& problem : whole_.problems) {
      if (key(problem).first == std::ssize(files)) files.push_back(problem.place.file);
    }
    std::ranges::stable_sort(whole_.problems, {}, key);
  }

  void JoinCases() {
    const std::vector<Origin> order = OrderCases(shards_);
    Table<std::string> suites(shards_.size(), whole_.suites);
    Table<RunReport::Provenance> provenances(shards_.size(), whole_.provenances);
    // The results of a case stand together, and the cases of a shard in their order.
    std::vector<std::size_t> next_result(shards_.size());
    for (const ShardReport& shard : shards_) {
      findings_at_.push_back(findings_.size());
      for (const RunReport::Finding& finding : shard.report.findings) {
        findings_.push_back(finding);
        findings_.back().results.clear();
      }
    }
    whole_.cases.reserve(order.size());
    for (const auto [s, number] : order) {
      RunReport& report = shards_[s].report;
      RunReport::Case& c = report.cases[number];
      c.suite = suites.NumberOf(s, report.suites, c.suite);
      c.provenance = provenances.NumberOf(s, report.provenances, c.provenance);
      whole_.cases.push_back(std::move(c));
      std::size_t& next = next_result[s];
      while (next < report.results.size() && report.results[next].case_index == number) {
        AddResult(s, report.results[next++]);
      }
      if (number + 1 == report.cases.size()) Drop(report);
    }
  }

  void AddResult(std::uint32_t s, RunReport::CaseResult result) {
    RunReport& report = shards_[s].report;
    const auto index = static_cast<std::uint32_t>(whole_.results.size());
    result.case_index = static_cast<std::uint32_t>(whole_.cases.size() - 1);
    if (result.failure >= 0) {
      Failure& failure = report.failures[static_cast<std::size_t>(result.failure)];
      result.failure = static_cast<std::int32_t>(whole_.failures.size());
      whole_.failures.push_back(std::move(failure));
    }
    if (result.finding >= 0) {
      findings_[findings_at_[s] + static_cast<std::size_t>(result.finding)].results.push_back(
          index);
    }
    whole_.results.push_back(result);
  }

  /// Frees what has been taken out of a shard.
  static void Drop(RunReport& report) {
    report.cases = {};
    report.results = {};
    report.failures = {};
    report.findings = {};
  }

  std::vector<ShardReport> shards_;
  RunReport whole_;
  /// Of all shards, with the results of the whole; and where those of each shard begin.
  std::vector<RunReport::Finding> findings_;
  std::vector<std::size_t> findings_at_;
};

}  // namespace

Result<RunReport> MergeShards(std::vector<ShardReport> shards) {
  if (const std::optional<Error> error = CheckShards(shards)) return *error;
  std::ranges::sort(shards, {},
                    [](const ShardReport& shard) { return shard.report.context.shard_index; });
  return Merger(std::move(shards)).Merge();
}

}  // namespace sigvet
