#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigvet {

/// How one subject did on one case.
enum class Verdict : std::uint8_t {
  kPass,
  kFail,            ///< a wrong answer
  kError,           ///< no answer: the subject failed
  kSkip,            ///< the subject does not do the operation, or the run ended before
  kExpectedFail,    ///< known to fail, and did
  kUnexpectedPass,  ///< known to fail, and did not
  kDisputed,  ///< most backends agree with each other but not with the case: either may be wrong
};

/// As in the JSON report: "pass", "expected-fail" ...
std::string_view ToString(Verdict verdict);

/// What the reason of a skip begins with where the subject's own description leaves the case out,
/// as for a version that it does not do.
inline constexpr std::string_view kLeftOutReason = "left out: ";

/// What happened where the verdict is not a plain pass.
struct Failure {
  /// One line that says it: "wrong region_key", "computed what must be refused" ...
  std::string reason = {};
  /// The first stage that differs, its number from 1 among the stages of the case, and how many
  /// there are. Empty and 0 where no stage differs; where something was computed that must be
  /// refused, the stage is the last one and the number 0.
  std::string stage = {};
  std::uint32_t stage_number = 0;
  std::uint32_t stage_count = 0;
  /// That stage's values. They may be any bytes.
  std::string expected = {};
  std::string actual = {};
  /// Where the reason names a part of that stage ("parameter X-Amz-Expires"), that part of both
  /// values, decoded; else empty.
  std::string expected_part = {};
  std::string actual_part = {};
  /// What the likely mistake is and what to do about it; may be empty.
  std::string hint = {};
  /// The end of what a port wrote to standard error before it crashed, hung or babbled. Any bytes.
  std::string stderr_tail = {};
};

/// How many values a mistake keeps; one more than its sentence shows.
inline constexpr std::size_t kMostMistakeValues = 4;

/// The plain data of a run: all that any report shows. Reports are pure functions of it.
struct RunReport {
  struct Context {
    std::string sigvet_version;
    /// UTC, as in "2026-11-21T20:22:00Z".
    std::string started_at;
    std::int64_t elapsed_ms = 0;
    /// As in "Linux 6.1 x86_64".
    std::string system;
    /// The files and folders that were given as the corpus. A command that repeats a case needs
    /// them.
    std::vector<std::string> corpus_paths;
    /// The suites of others that were given, as FORMAT:DIR. The built-in corpus is used where both
    /// are empty.
    std::vector<std::string> suite_paths;
    /// The files of known failures that were given; a command that repeats a case needs them too.
    std::vector<std::string> known_failing_paths;
    /// The run was ended early (Ctrl-C); what had not run yet is kSkip.
    bool interrupted = false;
    /// How often every subject was asked every case.
    std::uint32_t repeat = 1;
    /// The globs that the cases were selected by, and the operations that had to be run.
    std::vector<std::string> filters = {};
    std::vector<std::string> skips = {};
    std::vector<std::string> required_operations = {};
    /// Which part of the corpus this run is: from 1 to `shard_count`; both 0 where it is all of it.
    std::uint32_t shard_index = 0;
    std::uint32_t shard_count = 0;
  };
  struct CorpusSummary {
    /// Corpus::digest.
    std::string digest;
    std::vector<std::string> files;
    std::uint32_t case_count = 0;
    /// Contested cases that were left out because nobody asked for them, and the suites that they
    /// are in.
    std::uint32_t contested_left_out = 0;
    std::vector<std::string> contested_suites = {};
  };
  struct Subject {
    std::string id;
    /// "backend" or "port".
    std::string kind = {};
    std::string library = {};
    std::string kernel = {};
    /// Why it could not run; empty where it did. Such a subject has no results.
    std::string unavailable_because = {};
    /// What it takes to name it on a command line: its id, or the path of a port.
    std::string named_as = {};
    /// The end of what a port wrote to standard error. Any bytes.
    std::string stderr_tail = {};
  };
  /// Where an expected value comes from: sigvet::Provenance.
  struct Provenance {
    /// "published", "cross-checked" ...
    std::string kind;
    std::string source = {};
    std::vector<std::string> agree = {};

    auto operator<=>(const Provenance&) const = default;
  };
  /// A case that was selected.
  struct Case {
    std::string id;
    std::string operation;
    std::uint32_t suite = 0;  ///< index into `suites`
    std::uint32_t file = 0;   ///< index into `corpus.files`
    std::uint32_t line = 0;
    std::uint32_t provenance = 0;  ///< index into `provenances`
    /// Why the case exists.
    std::string why = {};
  };
  struct CaseResult {
    std::uint32_t case_index = 0;
    std::uint32_t subject = 0;
    Verdict verdict = Verdict::kSkip;
    /// Index into `failures`, or -1: a pass has none.
    std::int32_t failure = -1;
    /// Index into `findings`, or -1 where no defect explains a failure.
    std::int32_t finding = -1;
  };
  /// A mistake behind wrong answers, in words.
  struct Mistake {
    /// The defect's id.
    std::string id;
    /// "the region was left out of the keys"
    std::string sentence;
    /// What to do instead.
    std::string remedy;
    /// The line of the algorithm that went wrong: "region_key = HMAC-SHA-256(date_key, region)".
    std::string line = {};
    /// What was found by scanning, as the region that was used in place of the right one: the first
    /// kMostMistakeValues in their order. The sentence shows the first of them.
    std::vector<std::string> values = {};

    bool operator==(const Mistake&) const = default;
  };
  /// What explains failures of a subject: in each, these mistakes together give the wrong value bit
  /// for bit.
  struct Finding {
    std::uint32_t subject = 0;
    /// As in the corpus: "ses-smtp-password", of the first of its failures.
    std::string operation = {};
    std::vector<Mistake> mistakes = {};
    /// The stage that they explain where the last one is wrong for another reason too; else empty.
    std::string only_stage = {};
    /// Other sets of mistakes that give every one of the same values.
    std::vector<std::vector<Mistake>> alternatives = {};
    /// The program is right: the secret that it was given, or how it was read, is wrong.
    bool is_about_secret = false;
    /// Indices into `results`, ascending.
    std::vector<std::uint32_t> results = {};
  };
  /// Of a shard: a known failure that matches cases of it, none of which ran. Where none ran in
  /// another shard either, that is a problem of the whole run.
  struct KnownNotRun {
    std::string subject_pattern;
    std::string case_pattern;
    Place place;
    /// It stands in a port.yaml: no problem where the port runs nothing.
    bool comes_with_port = false;

    bool operator==(const KnownNotRun&) const = default;
  };
  /// Results and cases. A disputed case counts once, however many backends dispute it: in `failed`.
  struct Totals {
    std::uint32_t passed = 0;  ///< also the expected fails
    std::uint32_t failed = 0;  ///< fail, error, unexpected pass, disputed cases, and `problems`
    std::uint32_t skipped = 0;
  };

  Context context;
  CorpusSummary corpus;
  std::vector<Subject> subjects;
  /// Names of the suites that have a selected case, in the corpus's order.
  std::vector<std::string> suites;
  std::vector<Case> cases;
  /// Each that a selected case has, once.
  std::vector<Provenance> provenances = {};
  /// By case, then by subject: every selected case has one for each available subject.
  std::vector<CaseResult> results;
  std::vector<Failure> failures;
  /// By subject, those that explain most first.
  std::vector<Finding> findings = {};
  /// Wrong answers that were not searched for pairs of defects, as there were too many.
  std::uint32_t not_searched = 0;
  /// What is wrong with the run as a whole, as in a known failure that matches nothing.
  std::vector<Error> problems;
  std::vector<KnownNotRun> known_not_run = {};
  Totals totals;
};

}  // namespace sigvet
