#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "harness/corpus/case.h"
#include "harness/run/run_report.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// A subject that a run may use.
struct PlannedSubject {
  RunReport::Subject info;
  /// Makes one for the calling thread; called from several threads at once. Not called where
  /// `info.unavailable_because` says why there is none.
  std::function<std::unique_ptr<Subject>()> make;
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
};

/// Whether contested cases take part where nobody asked for them.
enum class Contested : std::uint8_t {
  kAll,       ///< as any other case
  kOnAsking,  ///< only those that a filter matches which begins with the name of their suite
};

/// The cases that one of `filters` matches (all where there is none) and none of `skips`, as globs.
/// A pattern that matches no case of the corpus is an error, and so is it where no case is left.
Result<SelectedCases> SelectCases(const Corpus& corpus, std::span<const std::string> filters,
                                  std::span<const std::string> skips, Contested contested);

/// What somebody may have meant who wrote `word` where the id of a case, or a pattern of such ids,
/// belongs: a sentence for the hint of an error. Suites and ids that end in it, that of a case
/// without its suite; else the nearest one; else where ids are found.
std::string SuggestCase(const Corpus& corpus, std::string_view word);

/// The backend of that id as a subject; `info` says so where this machine can't have it.
PlannedSubject PlanBackend(std::string_view id);

}  // namespace sigvet
