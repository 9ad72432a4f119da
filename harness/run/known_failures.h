#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "harness/corpus/case.h"
#include "harness/port/port_manifest.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// One line of a known-failures file: `[SUBJECT:]CASE [# REASON]`, where SUBJECT and CASE are
/// globs. The cases still run; the run fails where one passes, never runs, or fails for a reason
/// that does not contain REASON. Where several lines match a result, one whose reason fits is
/// enough.
struct KnownFailure {
  std::string subject_pattern;
  std::string case_pattern;
  /// Part of Failure::reason; empty where any will do.
  std::string reason;
  Place place;
  /// It stands in the port.yaml of its subject and so comes with the port, whatever is run: it is
  /// no problem that it never runs where the port runs nothing, or where the suite that it names
  /// is not in the corpus.
  bool comes_with_port = false;
  /// In a shard: it matches no case of this one, but one of another.
  bool is_elsewhere = false;
};

/// What the port's manifest says that it fails.
std::vector<KnownFailure> KnownFailuresOf(const PortManifest& manifest);

/// The most lines that are known failures, over all files: each is compared with every case.
inline constexpr std::size_t kMaxKnownFailures = 10'000;
/// The longest line, in bytes.
inline constexpr std::size_t kMaxKnownFailureBytes = 1000;

struct ParsedKnownFailures {
  std::vector<KnownFailure> known;
  std::vector<Error> errors;
};

/// Adds the lines of `text` to `parsed`. Blank lines and lines that begin with `#` are comments.
/// All errors are collected; a pattern that is there already is one.
void ParseKnownFailures(std::string_view file, std::string_view text, ParsedKnownFailures& parsed);

/// Turns the verdicts of what is known to fail into kExpectedFail, kUnexpectedPass or a failure
/// that says how it fails differently, and adds a problem for every line that matched nothing that
/// ran. A line for a case or a subject that exists but was not selected is left alone, and so is
/// one that an interrupt kept from running. `subject_ids` are the subjects that exist. In a shard,
/// a line that ran no case of those that it matches is no problem yet: it goes into
/// RunReport::known_not_run.
void ApplyKnownFailures(std::span<const KnownFailure> known, const Corpus& corpus,
                        std::span<const std::string> subject_ids, RunReport& report);

/// Whether `problem` is one that ApplyKnownFailures or AddKnownNotRun adds.
bool IsOfKnownFailure(const Error& problem);

/// Of the whole that `report` was joined to: adds a problem for every one of
/// RunReport::known_not_run that ran in no shard, and forgets them.
void AddKnownNotRun(RunReport& report);

}  // namespace sigvet
