#include "harness/run/plan.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "backends/backend_registry.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "harness/corpus/aws_sig_v4_suite.h"
#include "harness/subject/backend_subject.h"

namespace sigvet {
namespace {

constexpr std::size_t kMostSuggested = 3;

/// `did you mean "a" or "b"?` for the names that end in a slash and `word`: in the order of the
/// corpus, its suites first. Empty where there is none.
std::string SuggestFullNames(const Corpus& corpus, std::string_view word) {
  const std::string end = "/" + std::string(word);
  std::vector<std::string_view> names;
  for (const Suite& suite : corpus.suites) {
    if (suite.name.ends_with(end)) names.push_back(suite.name);
  }
  for (const Case& c : corpus.cases) {
    if (c.id.ends_with(end)) names.push_back(c.id);
  }
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kMostSuggested); ++i) {
    const bool last = i + 1 == std::min(names.size(), kMostSuggested);
    if (i > 0) list += last ? " or " : ", ";
    list.append("\"").append(names[i]).append("\"");
  }
  return list.empty() ? "" : "did you mean " + list + "?";
}

}  // namespace

std::string SuggestCase(const Corpus& corpus, std::string_view word) {
  std::string full = SuggestFullNames(corpus, word);
  if (!full.empty()) return full;
  std::set<std::string_view> names;
  for (const Suite& suite : corpus.suites) {
    const std::string_view name = suite.name;
    names.insert(name);
    names.insert(name.substr(0, name.find('/')));
  }
  const std::string_view first = word.substr(0, word.find('/'));
  if (first == kAwsSigV4Suite && !names.contains(first)) {
    return "such cases come from --suite " + std::string(first) + ":DIR";
  }
  for (const Case& c : corpus.cases) names.insert(c.id);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string hint = DidYouMean(word, candidates);
  return hint.empty() ? "sigvet list cases shows them all" : hint;
}

Error MatchesNoCase(const Corpus& corpus, std::string_view option, std::string_view pattern) {
  return {std::string(option) + " " + Visible(pattern) + " matches no case",
          {},
          SuggestCase(corpus, pattern)};
}

Error NothingLeft(std::string_view contested_suite) {
  if (contested_suite.empty()) {
    return {"no case is left to run", {}, "--skip takes all of them out"};
  }
  return {
      "only contested cases match", {}, "--filter " + std::string(contested_suite) + " runs them"};
}

Result<SelectedCases> SelectCases(const Corpus& corpus, std::span<const std::string> filters,
                                  std::span<const std::string> skips, Contested contested) {
  CaseChoice choice(filters, skips, contested);
  SelectedCases selected;
  for (std::uint32_t i = 0; i < corpus.cases.size(); ++i) {
    const Case& c = corpus.cases[i];
    switch (choice.Choose(corpus.suites[c.suite].name, c)) {
      case CaseChoice::Choice::kTaken:
        selected.cases.push_back(i);
        break;
      case CaseChoice::Choice::kContested:
        selected.contested_left_out.push_back(i);
        break;
      case CaseChoice::Choice::kLeft:
        break;
    }
  }
  if (const auto unmatched = choice.FirstUnmatched()) {
    return MatchesNoCase(corpus, unmatched->option, unmatched->pattern);
  }
  if (!selected.cases.empty()) return selected;
  const std::vector<std::uint32_t>& contested_cases = selected.contested_left_out;
  return NothingLeft(contested_cases.empty()
                         ? std::string_view()
                         : corpus.suites[corpus.cases[contested_cases.front()].suite].name);
}

PlannedSubject PlanBackend(std::string_view id) {
  PlannedSubject planned;
  planned.info.id = id;
  planned.info.kind = "backend";
  planned.info.named_as = id;
  const auto backends = AllBackends();
  const auto entry = std::ranges::find(backends, id, &BackendEntry::id);
  if (entry == backends.end() || entry->make == nullptr) {
    planned.info.unavailable_because =
        entry == backends.end() ? "there is no such backend"
                                : "not in this build: " + std::string(entry->left_out_because);
    return planned;
  }
  const BackendResult probe = entry->make();
  if (!probe) {
    planned.info.unavailable_because = probe.error().message;
    return planned;
  }
  BackendInfo info = (*probe)->Info();
  planned.info.library = std::move(info.library);
  planned.info.kernel = std::move(info.kernel);
  planned.make = [make = entry->make] {
    BackendResult backend = make();
    if (!backend) throw BackendError(backend.error().message);
    return MakeBackendSubject(std::move(*backend));
  };
  return planned;
}

PlannedSubject PlanPort(std::shared_ptr<const Port> port, std::string named_as,
                        std::string toolchain_version) {
  PlannedSubject planned;
  planned.info.id = port->manifest.id;
  planned.info.kind = "port";
  planned.info.library = std::move(toolchain_version);
  planned.info.named_as = std::move(named_as);
  planned.port = std::move(port);
  return planned;
}

std::size_t CountAnswers(const Plan& plan, unsigned repeat) {
  const auto available =
      static_cast<std::size_t>(std::ranges::count_if(plan.subjects, &PlannedSubject::IsAvailable));
  return available * plan.selected.cases.size() * repeat;
}

}  // namespace sigvet
