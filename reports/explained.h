#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/run/run_report.h"

namespace sigvet {

/// What a finding explains.
struct Explained {
  std::vector<std::uint32_t> cases;  ///< ascending
  std::size_t failures = 0;
  std::size_t known_failures = 0;
  /// The one that shows best what goes wrong: a failure rather than a known one, a published case
  /// rather than another.
  const RunReport::CaseResult* example = nullptr;
};

Explained ExplainedBy(const RunReport& report, const RunReport::Finding& finding);

/// How often each subject fails.
std::vector<std::size_t> FailuresOfSubjects(const RunReport& report);

/// The mistake in words, with how much it explains. Printable.
std::string HeadlineOf(const RunReport& report, const RunReport::Finding& finding,
                       const Explained& explained, std::size_t failures_of_subject);

}  // namespace sigvet
