#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "harness/corpus/case.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// One line of a known-failures file: `[SUBJECT:]CASE [# REASON]`, where SUBJECT and CASE are
/// globs. The cases still run; the run fails where one passes, never runs, or fails for a reason
/// that does not contain REASON.
struct KnownFailure {
  std::string subject_pattern;
  std::string case_pattern;
  /// Part of Failure::reason; empty where any will do.
  std::string reason;
  Place place;
};

/// Reads the lines of `text`. Blank lines and lines that begin with `#` are comments. All errors of
/// the file are returned at once.
struct ParsedKnownFailures {
  std::vector<KnownFailure> known;
  std::vector<Error> errors;
};
ParsedKnownFailures ParseKnownFailures(std::string_view file, std::string_view text);

/// Turns the verdicts of what is known to fail into kExpectedFail, kUnexpectedPass or a failure
/// that says how it fails differently, and adds a problem for every entry that matched nothing that
/// ran. An entry for a case or a subject that exists but was not selected is left alone.
/// `subject_ids` are the subjects that exist.
void ApplyKnownFailures(std::span<const KnownFailure> known, const Corpus& corpus,
                        std::span<const std::string> subject_ids, RunReport& report);

}  // namespace sigvet
