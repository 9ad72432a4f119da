#include "harness/run/case_choice.h"

#include <algorithm>

#include "harness/run/glob.h"

namespace sigvet {

CaseChoice::CaseChoice(std::span<const std::string> filters, std::span<const std::string> skips,
                       Contested contested)
    : contested_(contested) {
  for (const std::string& filter : filters) filters_.push_back({filter});
  for (const std::string& skip : skips) skips_.push_back({skip});
}

CaseChoice::Choice CaseChoice::Choose(std::string_view suite, const Case& c) {
  bool is_filtered = filters_.empty();
  bool is_asked_for = contested_ == Contested::kAll;
  for (Pattern& filter : filters_) {
    if (!GlobMatches(filter.text, c.id)) continue;
    filter.is_matched = true;
    is_filtered = true;
    is_asked_for = is_asked_for || filter.text.starts_with(suite);
  }
  bool is_skipped = false;
  for (Pattern& skip : skips_) {
    if (!GlobMatches(skip.text, c.id)) continue;
    skip.is_matched = true;
    is_skipped = true;
  }
  if (!is_filtered || is_skipped) return Choice::kLeft;
  return is_asked_for || !c.IsContested() ? Choice::kTaken : Choice::kContested;
}

std::optional<CaseChoice::Unmatched> CaseChoice::FirstUnmatched() const {
  const auto find = [](const std::vector<Pattern>& patterns,
                       std::string_view option) -> std::optional<Unmatched> {
    const auto found = std::ranges::find(patterns, false, &Pattern::is_matched);
    if (found == patterns.end()) return std::nullopt;
    return Unmatched{option, found->text};
  };
  const auto filter = find(filters_, "--filter");
  return filter ? filter : find(skips_, "--skip");
}

bool CaseChoice::MayTake(std::string_view suite) const {
  return filters_.empty() || std::ranges::any_of(filters_, [&](const Pattern& filter) {
           return MayMatchIn(suite, filter.text);
         });
}

bool CaseChoice::MayMatchMore(std::string_view suite) const {
  const auto may_match = [&](const Pattern& pattern) {
    return !pattern.is_matched && MayMatchIn(suite, pattern.text);
  };
  return std::ranges::any_of(filters_, may_match) || std::ranges::any_of(skips_, may_match);
}

bool MayMatchIn(std::string_view suite, std::string_view pattern) {
  if (suite.empty()) return true;
  // Without wildcards a pattern may be a folder above the suite, without the slash.
  const std::string folder = std::string(suite) + "/";
  const std::string_view start = pattern.substr(0, pattern.find_first_of("*?"));
  return start.starts_with(folder) || folder.starts_with(start);
}

}  // namespace sigvet
