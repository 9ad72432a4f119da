#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/run/run_report.h"
#include "harness/run/verdicts.h"

namespace sigvet {

/// Results counted. An expected fail counts as passed, as in RunReport::Totals; a disputed case
/// counts as failed once for every subject.
struct Tally {
  std::uint32_t passed = 0;
  std::uint32_t failed = 0;
  std::uint32_t skipped = 0;

  void Add(Verdict verdict);
  Tally& operator+=(const Tally& other);
};

/// The results of every suite and subject: that of suite `s` and subject `j` is at
/// `s * report.subjects.size() + j`.
std::vector<Tally> TallySuites(const RunReport& report);

/// Indices of the subjects that could run, which alone have results.
std::vector<std::size_t> AvailableSubjects(const RunReport& report);

/// How many selected cases every suite has.
std::vector<std::uint32_t> CountCases(const RunReport& report);

/// The id without its suite: unique within it.
std::string_view CaseName(const RunReport& report, const RunReport::Case& c);

}  // namespace sigvet
