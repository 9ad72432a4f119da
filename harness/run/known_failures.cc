#include "harness/run/known_failures.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "base/utf8.h"
#include "harness/run/glob.h"
#include "harness/run/glob_index.h"

namespace sigvet {
namespace {

constexpr std::string_view kBlanks = " \t\r";
constexpr std::string_view kProblem = "a known failure ";
constexpr char kForm[] = "a line is [SUBJECT:]CASE [# REASON]";

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// A blank before the `#` keeps a pattern free to hold one.
std::size_t FindReason(std::string_view line) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '#' && kBlanks.find(line[i - 1]) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

KnownFailure ParseLine(std::string_view line, Place place) {
  KnownFailure known;
  known.place = std::move(place);
  known.subject_pattern = "*";
  const std::size_t hash = FindReason(line);
  if (hash != std::string_view::npos) known.reason = Trim(line.substr(hash + 1));
  std::string_view pattern = Trim(line.substr(0, hash));
  const std::size_t colon = pattern.find(':');
  if (colon != std::string_view::npos) {
    known.subject_pattern = Trim(pattern.substr(0, colon));
    pattern = Trim(pattern.substr(colon + 1));
  }
  known.case_pattern = pattern;
  return known;
}

/// As a line has it: `subject:case`.
std::string PatternOf(const KnownFailure& known) {
  return Visible(known.subject_pattern + ":" + known.case_pattern);
}

/// What is wrong with a line; no message where nothing is.
Error CheckLine(const KnownFailure& known, std::string_view line) {
  if (line.size() > kMaxKnownFailureBytes) return {"a line of more than 1000 bytes", known.place};
  if (!IsUtf8(line)) return {"not UTF-8", known.place};
  if (known.case_pattern.empty() || known.subject_pattern.empty()) {
    return {"a known failure without a pattern", known.place, kForm};
  }
  if (known.case_pattern.find_first_of(kBlanks) != std::string::npos) {
    return {"a pattern with a blank in it: " + Visible(known.case_pattern), known.place, kForm};
  }
  return {};
}

/// The lines that match one result, by what came of them.
class Match {
 public:
  explicit Match(std::span<const KnownFailure> known) : known_(known), ran_(known.size()) {}

  /// Settles the verdict of `result` by the lines `lines`, of which there is at least one.
  void Settle(std::span<const std::size_t> lines, RunReport& report,
              RunReport::CaseResult& result) {
    if (result.verdict == Verdict::kSkip) return;
    for (const std::size_t line : lines) ran_[line] = true;
    const KnownFailure& first = known_[lines.front()];
    if (result.verdict == Verdict::kPass) {
      result.verdict = Verdict::kUnexpectedPass;
      result.failure = static_cast<std::int32_t>(report.failures.size());
      report.failures.push_back(
          {.reason = "passed, but is known to fail: take it out of " + ToString(first.place)});
      return;
    }
    std::string& reason = report.failures[static_cast<std::size_t>(result.failure)].reason;
    const bool expected = std::ranges::any_of(lines, [&](std::size_t line) {
      return reason.find(known_[line].reason) != std::string::npos;
    });
    if (expected) {
      result.verdict = Verdict::kExpectedFail;
    } else {
      reason += " (" + ToString(first.place) + " knows it to fail with \"" + first.reason + "\")";
    }
  }

  bool ran(std::size_t line) const { return ran_[line]; }

 private:
  std::span<const KnownFailure> known_;
  std::vector<bool> ran_;
};

/// Whether the pattern begins with the name of a suite of the corpus.
bool NamesSuite(std::string_view pattern, const Corpus& corpus) {
  return std::ranges::any_of(corpus.suites, [&](const Suite& suite) {
    return pattern == suite.name || pattern.starts_with(suite.name + "/");
  });
}

/// By subject, whether it ran a case.
std::vector<bool> FindWhoRan(const RunReport& report) {
  std::vector<bool> ran(report.subjects.size());
  for (const RunReport::CaseResult& result : report.results) {
    if (result.verdict != Verdict::kSkip) ran[result.subject] = true;
  }
  return ran;
}

/// By line, whether it matches one of `cases`.
template <typename Cases>
std::vector<bool> FindMatching(const GlobIndex& index, std::size_t lines, const Cases& cases) {
  std::vector<bool> matching(lines);
  std::vector<std::size_t> of_case;
  for (const auto& c : cases) {
    index.Find(c.id, of_case);
    for (const std::size_t line : of_case) matching[line] = true;
  }
  return matching;
}

/// Why a line can't apply in any selection; empty where it can.
std::string WhyCantApply(const KnownFailure& known, bool in_corpus, const Corpus& corpus,
                         std::span<const std::string> subject_ids) {
  if (!in_corpus && !known.is_elsewhere) {
    if (known.comes_with_port && !NamesSuite(known.case_pattern, corpus)) return "";
    return std::string(kProblem) + "matches no case: " + Visible(known.case_pattern);
  }
  const bool has_subject = std::ranges::any_of(
      subject_ids, [&](const std::string& id) { return GlobMatches(known.subject_pattern, id); });
  if (has_subject) return "";
  return std::string(kProblem) + "matches no subject: " + Visible(known.subject_pattern);
}

/// Why it is a problem that a line ran none of the selected cases that it matches; empty where it
/// is none.
std::string WhyNeverRan(const KnownFailure& known, const RunReport& report,
                        const std::vector<bool>& subject_ran) {
  const auto subject = std::ranges::find_if(
      report.subjects,
      [&](const std::string& id) { return GlobMatches(known.subject_pattern, id); },
      &RunReport::Subject::id);
  if (subject == report.subjects.end()) return "";
  const auto number = static_cast<std::size_t>(subject - report.subjects.begin());
  if (known.comes_with_port && !subject_ran[number]) return "";
  std::string why = std::string(kProblem) + "never ran: " + PatternOf(known);
  if (!subject->unavailable_because.empty()) why += "; " + subject->id + " is unavailable";
  return why;
}

/// Adds a problem for every line that should have run and did not.
void AddNeverRan(std::span<const KnownFailure> known, const Match& match, const GlobIndex& index,
                 const Corpus& corpus, std::span<const std::string> subject_ids,
                 RunReport& report) {
  const std::vector<bool> in_corpus = FindMatching(index, known.size(), corpus.cases);
  const std::vector<bool> in_selection = FindMatching(index, known.size(), report.cases);
  const std::vector<bool> subject_ran = FindWhoRan(report);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (match.ran(i)) continue;
    std::string why = WhyCantApply(known[i], in_corpus[i], corpus, subject_ids);
    if (why.empty() && in_selection[i]) {
      if (report.context.shard_count != 0) {
        report.known_not_run.push_back({known[i].subject_pattern, known[i].case_pattern,
                                        known[i].place, known[i].comes_with_port});
        continue;
      }
      why = WhyNeverRan(known[i], report, subject_ran);
    }
    if (!why.empty()) report.problems.push_back({std::move(why), known[i].place});
  }
}

/// By line, whether it matches a result that is no skip.
std::vector<bool> FindWhatRan(std::span<const KnownFailure> known, const RunReport& report) {
  GlobIndex index;
  for (std::size_t i = 0; i < known.size(); ++i) index.Add(known[i].case_pattern, i);
  std::vector<bool> ran(known.size());
  std::vector<std::size_t> of_case;
  std::int64_t last_case = -1;
  for (const RunReport::CaseResult& result : report.results) {
    if (last_case != result.case_index) {
      last_case = result.case_index;
      index.Find(report.cases[result.case_index].id, of_case);
    }
    if (result.verdict == Verdict::kSkip) continue;
    for (const std::size_t i : of_case) {
      ran[i] = ran[i] || GlobMatches(known[i].subject_pattern, report.subjects[result.subject].id);
    }
  }
  return ran;
}

}  // namespace

std::vector<KnownFailure> KnownFailuresOf(const PortManifest& manifest) {
  std::vector<KnownFailure> known;
  known.reserve(manifest.known_failures.size());
  for (const PortManifest::KnownFailure& failure : manifest.known_failures) {
    known.push_back({manifest.id, failure.case_pattern, failure.reason, failure.place,
                     /*comes_with_port=*/true});
  }
  return known;
}

void ParseKnownFailures(std::string_view file, std::string_view text, ParsedKnownFailures& parsed) {
  std::set<std::pair<std::string, std::string>> patterns;
  for (const KnownFailure& known : parsed.known) {
    patterns.emplace(known.subject_pattern, known.case_pattern);
  }
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const Place place{std::string(file), number, 0};
    if (parsed.known.size() + parsed.errors.size() == kMaxKnownFailures) {
      parsed.errors.push_back({"more than 10000 known failures", place});
      return;
    }
    KnownFailure known = ParseLine(line, place);
    Error error = CheckLine(known, line);
    if (error.message.empty() &&
        !patterns.emplace(known.subject_pattern, known.case_pattern).second) {
      error = {"the same pattern again: " + PatternOf(known), place};
    }
    if (error.message.empty()) {
      parsed.known.push_back(std::move(known));
    } else {
      parsed.errors.push_back(std::move(error));
    }
  }
}

void ApplyKnownFailures(std::span<const KnownFailure> known, const Corpus& corpus,
                        std::span<const std::string> subject_ids, RunReport& report) {
  // Whether a line is about a subject does not depend on the case.
  std::vector<std::vector<char>> about_subject(known.size());
  GlobIndex index;
  for (std::size_t i = 0; i < known.size(); ++i) {
    for (const RunReport::Subject& subject : report.subjects) {
      about_subject[i].push_back(GlobMatches(known[i].subject_pattern, subject.id) ? 1 : 0);
    }
    index.Add(known[i].case_pattern, i);
  }
  Match match(known);
  std::vector<std::size_t> of_case;
  std::vector<std::size_t> of_result;
  std::int64_t last_case = -1;
  for (RunReport::CaseResult& result : report.results) {
    if (last_case != result.case_index) {
      last_case = result.case_index;
      index.Find(report.cases[result.case_index].id, of_case);
    }
    of_result.clear();
    for (const std::size_t i : of_case) {
      if (about_subject[i][result.subject] != 0) of_result.push_back(i);
    }
    if (!of_result.empty()) match.Settle(of_result, report, result);
  }
  if (report.context.interrupted) return;
  AddNeverRan(known, match, index, corpus, subject_ids, report);
}

bool IsOfKnownFailure(const Error& problem) { return problem.message.starts_with(kProblem); }

void AddKnownNotRun(RunReport& report) {
  std::vector<KnownFailure> known;
  for (RunReport::KnownNotRun& one : std::exchange(report.known_not_run, {})) {
    known.push_back({std::move(one.subject_pattern), std::move(one.case_pattern), "",
                     std::move(one.place), one.comes_with_port});
  }
  const std::vector<bool> ran = FindWhatRan(known, report);
  const std::vector<bool> subject_ran = FindWhoRan(report);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (ran[i]) continue;
    std::string why = WhyNeverRan(known[i], report, subject_ran);
    if (!why.empty()) report.problems.push_back({std::move(why), known[i].place});
  }
}

}  // namespace sigvet
