#include "harness/run/known_failures.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/utf8.h"
#include "harness/run/glob.h"

namespace sigvet {
namespace {

constexpr std::string_view kBlanks = " \t\r";

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

bool Same(const KnownFailure& a, const KnownFailure& b) {
  return a.subject_pattern == b.subject_pattern && a.case_pattern == b.case_pattern;
}

void AddChecked(const KnownFailure& known, ParsedKnownFailures& parsed) {
  const auto fail = [&](std::string message, std::string hint) {
    parsed.errors.push_back({std::move(message), known.place, std::move(hint)});
  };
  if (known.case_pattern.empty() || known.subject_pattern.empty()) {
    return fail("a known failure without a pattern", "a line is [SUBJECT:]CASE [# REASON]");
  }
  if (known.case_pattern.find_first_of(" \t") != std::string::npos) {
    return fail("a pattern with a blank in it: " + Visible(known.case_pattern),
                "a line is [SUBJECT:]CASE [# REASON]");
  }
  const auto same = std::ranges::find_if(
      parsed.known, [&](const KnownFailure& other) { return Same(known, other); });
  if (same != parsed.known.end()) {
    return fail("the same pattern again", "it stands at " + ToString(same->place) + " too");
  }
  parsed.known.push_back(known);
}

/// Applies what is known of one result; returns whether the case ran at all.
bool Apply(const KnownFailure& known, RunReport& report, RunReport::CaseResult& result) {
  const std::string where = ToString(known.place);
  switch (result.verdict) {
    case Verdict::kSkip:
      return false;
    case Verdict::kPass:
      result.verdict = Verdict::kUnexpectedPass;
      result.failure = static_cast<std::int32_t>(report.failures.size());
      report.failures.push_back(
          {.reason = "passed, but is known to fail: take it out of " + where});
      return true;
    case Verdict::kFail:
    case Verdict::kError: {
      std::string& reason = report.failures[static_cast<std::size_t>(result.failure)].reason;
      if (reason.find(known.reason) != std::string::npos) {
        result.verdict = Verdict::kExpectedFail;
      } else {
        reason += " (" + where + " knows it to fail with \"" + known.reason + "\")";
      }
      return true;
    }
    default:
      return true;  // another entry has settled it
  }
}

/// Why an entry that no result was judged by is a problem; empty where it was just not selected.
std::string WhyNeverRan(const KnownFailure& known, const Corpus& corpus,
                        std::span<const std::string> subject_ids, const RunReport& report) {
  const auto matches_subject = [&](const std::string& id) {
    return GlobMatches(known.subject_pattern, id);
  };
  const auto matches_case = [&](const auto& c) { return GlobMatches(known.case_pattern, c.id); };
  if (std::ranges::none_of(corpus.cases, matches_case)) {
    return "a known failure matches no case: " + Visible(known.case_pattern);
  }
  if (std::ranges::none_of(subject_ids, matches_subject)) {
    return "a known failure matches no subject: " + Visible(known.subject_pattern);
  }
  const bool selected =
      std::ranges::any_of(report.subjects, matches_subject, &RunReport::Subject::id) &&
      std::ranges::any_of(report.cases, matches_case);
  return selected ? "a known failure never ran: " + Visible(known.case_pattern) : "";
}

}  // namespace

ParsedKnownFailures ParseKnownFailures(std::string_view file, std::string_view text) {
  ParsedKnownFailures parsed;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const Place place{std::string(file), number, 0};
    if (line.empty() || line.front() == '#') continue;
    if (!IsUtf8(line)) {
      parsed.errors.push_back({"not UTF-8", place});
      continue;
    }
    AddChecked(ParseLine(line, place), parsed);
  }
  return parsed;
}

void ApplyKnownFailures(std::span<const KnownFailure> known, const Corpus& corpus,
                        std::span<const std::string> subject_ids, RunReport& report) {
  for (const KnownFailure& entry : known) {
    bool ran = false;
    for (RunReport::CaseResult& result : report.results) {
      if (!GlobMatches(entry.subject_pattern, report.subjects[result.subject].id)) continue;
      if (!GlobMatches(entry.case_pattern, report.cases[result.case_index].id)) continue;
      if (Apply(entry, report, result)) ran = true;
    }
    if (ran) continue;
    std::string why = WhyNeverRan(entry, corpus, subject_ids, report);
    if (!why.empty()) report.problems.push_back({std::move(why), entry.place});
  }
}

}  // namespace sigvet
