#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "harness/corpus/case.h"
#include "harness/corpus/load_corpus.h"
#include "harness/port/run_ports.h"
#include "harness/run/case_choice.h"
#include "harness/run/run_report.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// A subject that a run may use: `make` or `port` is there, unless `info.unavailable_because` says
/// why there is none.
struct PlannedSubject {
  RunReport::Subject info;
  /// Makes one for the calling thread; called from several threads at once.
  std::function<std::unique_ptr<Subject>()> make;
  /// Where it is a port: what the run starts.
  std::shared_ptr<const Port> port;

  bool IsAvailable() const { return info.unavailable_because.empty(); }
};

/// Indices of cases, ascending.
struct SelectedCases {
  std::vector<std::uint32_t> cases;
  /// Contested ones that would be selected if somebody had asked for them.
  std::vector<std::uint32_t> contested_left_out;
};

/// What a run does: every selected case on every available subject.
struct Plan {
  /// Outlives the run.
  const Corpus* corpus = nullptr;
  SelectedCases selected;
  std::vector<PlannedSubject> subjects;
  /// Which part of the whole corpus `corpus` has the cases of. There may be no selected case in it.
  Shard shard = {};
  /// Of RunOptions::required_operations those that only other shards have cases of.
  std::vector<std::string> operations_elsewhere = {};
  /// What went wrong before anything ran: the report has it too.
  std::vector<Error> problems = {};
};

/// The cases that one of `filters` matches (all where there is none) and none of `skips`, as globs.
/// A pattern that matches no case of the corpus is an error, and so is it where no case is left.
Result<SelectedCases> SelectCases(const Corpus& corpus, std::span<const std::string> filters,
                                  std::span<const std::string> skips, Contested contested);

/// The error that `pattern`, which stands behind `option`, matches no case.
Error MatchesNoCase(const Corpus& corpus, std::string_view option, std::string_view pattern);

/// The error that nothing is selected. `contested_suite` has contested cases that were left out;
/// empty where no suite has any.
Error NothingLeft(std::string_view contested_suite);

/// What somebody may have meant who wrote `word` where the id of a case, or a pattern of such ids,
/// belongs: a sentence for the hint of an error. Suites and ids that end in it, that of a case
/// without its suite; else the nearest one; else where ids are found.
std::string SuggestCase(const Corpus& corpus, std::string_view word);

/// The backend of that id as a subject; `info` says so where this machine can't have it.
PlannedSubject PlanBackend(std::string_view id);

/// A port that can be started as a subject. `named_as` is what names it on a command line;
/// `toolchain_version` stands as its library, where it is not empty.
PlannedSubject PlanPort(std::shared_ptr<const Port> port, std::string named_as,
                        std::string toolchain_version);

/// How many answers a run of `plan` asks for that repeats everything `repeat` times.
std::size_t CountAnswers(const Plan& plan, unsigned repeat);

}  // namespace sigvet
