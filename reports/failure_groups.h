#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/run_report.h"

namespace sigvet {

/// A case that some subjects fail in the same way.
struct FailureGroup {
  std::uint32_t case_index = 0;
  Verdict verdict = Verdict::kFail;
  const Failure* failure = nullptr;
  std::vector<std::uint32_t> subjects;

  /// How often it counts in RunReport::Totals::failed.
  std::size_t Count() const { return verdict == Verdict::kDisputed ? 1 : subjects.size(); }
};

/// Those that no finding explains, in the order of the cases, and of the first subject of each.
std::vector<FailureGroup> GroupFailures(const RunReport& report);

/// "FAIL", "ERROR", "UNEXPECTED PASS" or "DISPUTED".
std::string_view FailureLabel(Verdict verdict);

/// Who fails and why, in a sentence. Printable.
std::string SummaryOf(const RunReport& report, const FailureGroup& group);

/// The subjects that wrote something to standard error and whose failures do not show it, or that
/// ran nothing.
std::vector<std::uint32_t> SubjectsToHear(const RunReport& report);

}  // namespace sigvet
