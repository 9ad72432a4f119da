#include "reports/diff_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

constexpr std::string_view kIndent = "  ";
constexpr std::size_t kGroupsShown = 24;
constexpr std::size_t kGroupsOfSubject = 5;
constexpr std::size_t kLinesShown = 20;
constexpr std::size_t kNamedPerSuite = 4;
constexpr std::size_t kNamed = 8;
constexpr std::size_t kSubjectsNamed = 6;
constexpr std::size_t kReasonColumns = 240;
constexpr std::size_t kDigestShown = 12;

using Changes = std::vector<ResultChange>;

struct Runs {
  const RunReport& old_run;
  const RunReport& new_run;
};

/// Why a result fails: the mistake where one is known, else what is wrong.
std::string WhyItFails(const RunReport& run, std::uint32_t index) {
  const RunReport::CaseResult& result = run.results[index];
  if (const RunReport::Finding* finding = FindingOf(run, result)) {
    const std::string note = SecretNote(run, *finding);
    return (note.empty() ? "" : note + ": ") + SentenceOf(finding->mistakes);
  }
  const Failure* failure = FailureOf(run, result);
  std::string reason = failure == nullptr ? "" : ReasonAndStage(*failure);
  if (reason.empty()) reason = Printable(ToString(result.verdict));
  if (result.verdict == Verdict::kDisputed) reason.insert(0, "disputed: ");
  return ShortenMiddle(reason, kReasonColumns);
}

/// Why there is no answer in `run`, where `result` may be a skip. `subject` is the one in `run`, or
/// null.
std::string WhyNoAnswer(const RunReport& run, std::uint32_t result, NoAnswer why,
                        const RunReport::Subject* subject) {
  if (why == NoAnswer::kNoCase) return "not among the cases";
  if (why == NoAnswer::kNoSubject || subject == nullptr) return "not among the subjects";
  if (why == NoAnswer::kUnavailable) {
    return "unavailable: " + ShortenMiddle(Printable(subject->unavailable_because), kReasonColumns);
  }
  const Failure* failure = result == kNoResult ? nullptr : FailureOf(run, run.results[result]);
  if (failure == nullptr || failure->reason.empty()) return "not run";
  return ShortenMiddle(Printable(failure->reason), kReasonColumns);
}

/// Results of one or more subjects on the same cases, which changed in the same way.
struct Group {
  std::vector<std::uint32_t> subjects;
  std::string why;
  std::string before;  ///< why it failed before, where it fails in another way now
  std::vector<std::uint32_t> cases;
  std::uint32_t first_result = 0;
};

/// One list of changes: which run its results are of, and what is told of them.
struct List {
  std::string_view heading;
  std::string_view explanation;
  Color color;
  /// Of the run that the cases and subjects are named by.
  const RunReport& run;
  std::uint32_t ResultChange::*result;
  bool with_repeat = false;
};

/// By subject, then by reason, those in another way and the largest first.
template <typename WhyOf, typename BeforeOf>
std::vector<Group> GroupsOf(const Changes& changes, const List& list, const WhyOf& why_of,
                            const BeforeOf& before_of) {
  std::vector<Group> groups;
  std::map<std::pair<std::string, std::string>, std::size_t> of_subject;
  std::size_t first_of_subject = 0;
  const auto sort_last = [&] {
    const auto first = groups.begin() + static_cast<std::ptrdiff_t>(first_of_subject);
    std::stable_sort(first, groups.end(), [](const Group& a, const Group& b) {
      return std::pair(a.before.empty(), b.cases.size()) <
             std::pair(b.before.empty(), a.cases.size());
    });
  };
  for (const ResultChange& change : changes) {
    const std::uint32_t index = change.*list.result;
    const RunReport::CaseResult& result = list.run.results[index];
    if (!groups.empty() && groups.back().subjects.front() != result.subject) {
      sort_last();
      first_of_subject = groups.size();
      of_subject.clear();
    }
    auto key = std::pair(why_of(change), before_of(change));
    const auto [found, is_new] = of_subject.try_emplace(key, groups.size());
    if (is_new) {
      groups.push_back({{result.subject}, std::move(key.first), std::move(key.second), {}, index});
    }
    groups[found->second].cases.push_back(result.case_index);
  }
  sort_last();
  return groups;
}

/// Groups of several subjects that differ in nothing else, as one.
std::vector<Group> MergeSubjects(std::vector<Group> groups) {
  std::vector<Group> merged;
  std::map<std::tuple<std::string, std::string, std::vector<std::uint32_t>>, std::size_t> seen;
  for (Group& group : groups) {
    auto key = std::tuple(group.why, group.before, group.cases);
    const auto [found, is_new] = seen.try_emplace(std::move(key), merged.size());
    if (is_new) {
      merged.push_back(std::move(group));
    } else {
      merged[found->second].subjects.push_back(group.subjects.front());
    }
  }
  return merged;
}

std::string Label(std::string_view label) {
  return std::string(kConsoleIndent) + PadRight(label, 10);
}

std::string SubjectsOf(const RunReport& run, const Group& group) {
  std::string text;
  for (std::size_t i = 0; i < std::min(group.subjects.size(), kSubjectsNamed); ++i) {
    text.append(i == 0 ? "" : ", ").append(Visible(run.subjects[group.subjects[i]].id));
  }
  if (group.subjects.size() > kSubjectsNamed) {
    text += " and " + Counted(group.subjects.size() - kSubjectsNamed, "more subject");
  }
  return text;
}

std::string RenderGroup(const Group& group, const List& list, std::size_t width) {
  std::string text =
      Wrap(kIndent,
           SubjectsOf(list.run, group) + ": " + group.why + ", in " +
               Counted(group.cases.size(), "case") + (group.subjects.size() > 1 ? " each" : ""),
           width);
  if (!group.before.empty()) text += Wrap(Label("before"), group.before, width);
  text += Wrap(Label("cases"), CasesBySuite(list.run, group.cases, kNamedPerSuite, kNamed), width);
  if (!list.with_repeat) return text;
  const RunReport::CaseResult& result = list.run.results[group.first_result];
  const RunReport::Subject* subject =
      result.verdict == Verdict::kDisputed ? nullptr : &list.run.subjects[result.subject];
  return text + RenderRepeat(list.run, group.cases.front(), subject, FailureOf(list.run, result));
}

std::string Heading(std::string_view title, std::string_view rest, Color color,
                    const ConsoleStyle& style) {
  std::string text = Wrap("", std::string(title).append(rest), style.width);
  if (text.starts_with(title)) text.replace(0, title.size(), Paint(title, color, style.color));
  return "\n" + text;
}

std::string RenderList(const List& list, const std::vector<Group>& groups,
                       const ConsoleStyle& style) {
  if (groups.empty()) return "";
  std::string text = Heading(list.heading, list.explanation, list.color, style);
  std::map<std::uint32_t, std::size_t> of_subject;
  std::size_t shown = 0;
  std::size_t results_left = 0;
  for (const Group& group : groups) {
    if (shown == kGroupsShown || of_subject[group.subjects.front()] == kGroupsOfSubject) {
      results_left += group.cases.size() * group.subjects.size();
      continue;
    }
    ++shown;
    ++of_subject[group.subjects.front()];
    text += RenderGroup(group, list, style.width);
  }
  if (results_left > 0) {
    text += Wrap(kIndent, "and " + Counted(results_left, "more result"), style.width);
  }
  return text;
}

/// The lists of what fails, or failed.
std::string RenderFailing(const Changes& changes, const List& list, const Runs& runs,
                          const ConsoleStyle& style) {
  const auto why = [&list](const ResultChange& change) {
    return WhyItFails(list.run, change.*list.result);
  };
  const auto before = [&runs](const ResultChange& change) {
    return change.in_another_way ? WhyItFails(runs.old_run, change.before) : std::string();
  };
  return RenderList(list, MergeSubjects(GroupsOf(changes, list, why, before)), style);
}

/// The lists of what only one of the runs has: with why `other` has not.
std::string RenderOneSided(const Changes& changes, const List& list, const RunReport& other,
                           std::uint32_t ResultChange::*other_result, const ConsoleStyle& style) {
  std::unordered_map<std::string_view, const RunReport::Subject*> subjects;
  for (const RunReport::Subject& subject : other.subjects) subjects.emplace(subject.id, &subject);
  const auto why = [&](const ResultChange& change) {
    const RunReport::CaseResult& result = list.run.results[change.*list.result];
    const auto subject = subjects.find(list.run.subjects[result.subject].id);
    return WhyNoAnswer(other, change.*other_result, change.no_answer,
                       subject == subjects.end() ? nullptr : subject->second);
  };
  const auto before = [](const ResultChange&) { return std::string(); };
  return RenderList(list, MergeSubjects(GroupsOf(changes, list, why, before)), style);
}

std::string RenderProblems(std::string_view heading, Color color, const RunReport& run,
                           const std::vector<std::uint32_t>& problems, const ConsoleStyle& style) {
  if (problems.empty()) return "";
  std::string text = Heading(heading, "", color, style);
  const std::size_t shown = std::min(problems.size(), kLinesShown);
  for (std::size_t i = 0; i < shown; ++i) {
    text += Wrap(kIndent, Printable(ToString(run.problems[problems[i]])), style.width);
  }
  if (shown < problems.size()) {
    text += Wrap(kIndent, "and " + std::to_string(problems.size() - shown) + " more", style.width);
  }
  return text;
}

/// "3 fixed, 4 problems solved": those of which there are any.
class Counts {
 public:
  void Add(std::size_t count, std::string_view what) {
    if (count > 0) AddText(std::to_string(count).append(" ").append(what));
  }
  void AddText(const std::string& text) { text_.append(text_.empty() ? "" : ", ").append(text); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string_view Problems(std::size_t count) { return count == 1 ? "problem" : "problems"; }

std::string Regressions(const RunDiff& diff) {
  Counts counts;
  counts.Add(diff.newly_failing.size(), "newly failing");
  const std::size_t failing = diff.newly_run_failing.size();
  const std::size_t newly_run = failing + diff.newly_run_passing.size();
  counts.Add(failing,
             "of " + std::to_string(newly_run) + " newly run " + (failing == 1 ? "fails" : "fail"));
  const std::size_t problems = diff.new_problems.size();
  counts.Add(problems, std::string("new ").append(Problems(problems)));
  if (!counts.text().empty()) return counts.text();
  return diff.Compared() == 0 ? "nothing was compared" : "nothing newly fails";
}

/// What stands behind the answer.
std::string OtherCounts(const RunDiff& diff) {
  Counts better;
  better.Add(diff.fixed.size(), "fixed");
  const std::size_t solved = diff.solved_problems.size();
  better.Add(solved, std::string(Problems(solved)) + " solved");
  Counts others;
  const auto in_another_way = static_cast<std::size_t>(
      std::ranges::count(diff.still_failing, true, &ResultChange::in_another_way));
  others.Add(diff.still_failing.size(),
             in_another_way == 0
                 ? "still failing"
                 : "still failing (" + std::to_string(in_another_way) + " in another way)");
  others.Add(diff.kept_problems, std::string(Problems(diff.kept_problems)) + " as before");
  if (diff.newly_run_failing.empty()) others.Add(diff.newly_run_passing.size(), "newly run");
  others.Add(diff.no_longer_run.size(), "no longer run");
  std::string text;
  if (!better.text().empty()) text += ", " + better.text();
  if (!others.text().empty()) text += "; " + others.text();
  return text;
}

std::string RenderAnswer(const RunDiff& diff, const ConsoleStyle& style) {
  const std::string answer = Regressions(diff);
  std::string text = Wrap("", answer + OtherCounts(diff), style.width);
  const bool unsure = diff.Compared() == 0 || diff.new_interrupted;
  const Color color = diff.HasRegression() ? Color::kRed : unsure ? Color::kYellow : Color::kGreen;
  if (text.starts_with(answer)) text.replace(0, answer.size(), Paint(answer, color, style.color));
  if (diff.Compared() == 0) {
    return text + Wrap("", "no subject answered the same case in both runs", style.width);
  }
  return text + Wrap("",
                     Counted(diff.Compared(), "result") + " in both runs, " +
                         std::to_string(diff.still_passing) + " of them pass as before",
                     style.width);
}

std::string RenderInterrupted(const RunDiff& diff, const ConsoleStyle& style) {
  std::string text;
  const auto add = [&](std::string_view sentence) {
    const std::string_view label = "interrupted";
    std::string lines = Wrap("", std::string(label).append(": ").append(sentence), style.width);
    text += lines.replace(0, label.size(), Paint(label, Color::kYellow, style.color));
  };
  if (diff.old_interrupted) {
    add("the old run ended early: that something is newly run means nothing");
  }
  if (diff.new_interrupted) {
    add("the new run ended early: that something is no longer run means nothing, and what did not "
        "run may fail");
  }
  return text;
}

std::string Shown(const RunDifference& difference, std::string_view value) {
  if (value.empty()) return "none";
  if (difference.what != "corpus digest") return ShortenMiddle(Visible(value), kReasonColumns);
  return Visible(value.substr(0, kDigestShown));
}

/// What the runs did not have in common.
std::string RenderBesides(const RunDiff& diff, const ConsoleStyle& style) {
  Counts cases;
  cases.Add(diff.cases_added, "added");
  cases.Add(diff.cases_gone, "gone");
  if (diff.besides.empty() && cases.text().empty()) return "";
  std::string text = Heading("what else changed", "", Color::kBold, style);
  if (!cases.text().empty()) text += Wrap(kIndent, "cases: " + cases.text(), style.width);
  const std::size_t shown = std::min(diff.besides.size(), kLinesShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const RunDifference& difference = diff.besides[i];
    text += Wrap(kIndent,
                 Visible(difference.what) + ": " + Shown(difference, difference.before) +
                     " before, " + Shown(difference, difference.now) + " now",
                 style.width);
  }
  if (shown < diff.besides.size()) {
    text +=
        Wrap(kIndent, "and " + std::to_string(diff.besides.size() - shown) + " more", style.width);
  }
  return text;
}

}  // namespace

std::string RenderDiff(const RunDiff& diff, const RunReport& old_run, const RunReport& new_run,
                       const ConsoleStyle& style) {
  const Runs runs = {old_run, new_run};
  const auto now = &ResultChange::now;
  const auto before = &ResultChange::before;
  const List newly = {"newly failing", "", Color::kRed, new_run, now, true};
  const List newly_run_failing = {"newly run and failing", "", Color::kRed, new_run, now, true};
  const List fixed = {"fixed", " (as it failed before)", Color::kGreen, old_run, before};
  const List still = {"still failing", "", Color::kYellow, new_run, now};
  const List newly_run = {"newly run", " (and why it was not before)", Color::kBold, new_run, now};
  const List gone = {"no longer run", " (and why)", Color::kYellow, old_run, before};
  return RenderAnswer(diff, style) + RenderInterrupted(diff, style) + RenderBesides(diff, style) +
         RenderFailing(diff.newly_failing, newly, runs, style) +
         RenderFailing(diff.newly_run_failing, newly_run_failing, runs, style) +
         RenderProblems("new problems", Color::kRed, new_run, diff.new_problems, style) +
         RenderFailing(diff.fixed, fixed, runs, style) +
         RenderProblems("problems solved", Color::kGreen, old_run, diff.solved_problems, style) +
         RenderFailing(diff.still_failing, still, runs, style) +
         RenderOneSided(diff.newly_run_passing, newly_run, old_run, before, style) +
         RenderOneSided(diff.no_longer_run, gone, new_run, now, style);
}

}  // namespace sigvet
