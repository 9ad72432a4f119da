#include "reports/console_failures.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

constexpr std::size_t kShownInFull = 20;
constexpr std::size_t kShownPerSubject = 10;
constexpr std::size_t kNamedPerSuite = 10;

/// A case that some subjects fail in the same way.
struct Group {
  std::uint32_t case_index = 0;
  Verdict verdict = Verdict::kFail;
  const Failure* failure = nullptr;
  std::vector<std::uint32_t> subjects;

  /// How often it counts in RunReport::Totals::failed.
  std::size_t Count() const { return verdict == Verdict::kDisputed ? 1 : subjects.size(); }
};

bool FailsAlike(const Failure* a, const Failure* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->reason == b->reason && a->stage == b->stage && a->stage_number == b->stage_number &&
         a->stage_count == b->stage_count && a->expected == b->expected && a->actual == b->actual &&
         a->hint == b->hint && a->stderr_tail == b->stderr_tail;
}

/// Those that no finding explains, in the order of the cases, and of the first subject of each.
std::vector<Group> GroupFailures(const RunReport& report) {
  std::vector<Group> groups;
  std::size_t first_of_case = 0;
  for (const RunReport::CaseResult& result : report.results) {
    if (!IsFailure(result.verdict) || FindingOf(report, result) != nullptr) continue;
    if (first_of_case < groups.size() && groups[first_of_case].case_index != result.case_index) {
      first_of_case = groups.size();
    }
    const Failure* failure = FailureOf(report, result);
    const auto first = groups.begin() + static_cast<std::ptrdiff_t>(first_of_case);
    auto group = std::find_if(first, groups.end(), [&](const Group& other) {
      if (other.verdict != result.verdict) return false;
      return result.verdict == Verdict::kDisputed || FailsAlike(other.failure, failure);
    });
    if (group == groups.end()) {
      groups.push_back({result.case_index, result.verdict, failure, {}});
      group = groups.end() - 1;
    }
    group->subjects.push_back(result.subject);
  }
  return groups;
}

std::string_view Label(Verdict verdict) {
  switch (verdict) {
    case Verdict::kError:
      return "ERROR";
    case Verdict::kUnexpectedPass:
      return "UNEXPECTED PASS";
    case Verdict::kDisputed:
      return "DISPUTED";
    default:
      return "FAIL";
  }
}

std::string SubjectNames(const RunReport& report, const Group& group) {
  std::string names;
  for (const std::uint32_t subject : group.subjects) {
    names.append(names.empty() ? "" : ", ").append(Visible(report.subjects[subject].id));
  }
  return names;
}

/// Who fails and why, in a sentence.
std::string Summary(const RunReport& report, const Group& group) {
  std::string text;
  if (group.verdict == Verdict::kDisputed) {
    text = std::to_string(group.subjects.size()) +
           " backends agree with each other but not with the case: either the expected value or "
           "this project's derivation is wrong";
  } else {
    text = SubjectNames(report, group);
  }
  const std::string reason = group.failure == nullptr ? "" : ReasonAndStage(*group.failure);
  return reason.empty() ? text : text + ": " + reason;
}

std::string RenderGroup(const RunReport& report, const Group& group, const ConsoleStyle& style) {
  const RunReport::Case& c = report.cases[group.case_index];
  const std::string label(Label(group.verdict));
  std::string text = Wrap(label + " ", CaseAndPlace(report, c), style.width);
  text.replace(0, label.size(), Paint(label, Color::kRed, style.color));
  text += Wrap(kConsoleIndent, Summary(report, group), style.width);
  const std::string indent(kConsoleIndent);
  if (group.failure != nullptr) {
    const Failure& failure = *group.failure;
    text += RenderValues(failure, style);
    if (!failure.hint.empty()) {
      text += Wrap(indent + "hint      ", Printable(failure.hint), style.width);
    }
    text += RenderStderrLines(indent + "stderr    ", failure.stderr_tail, style.width);
  }
  const RunReport::Subject* subject =
      group.verdict == Verdict::kDisputed ? nullptr : &report.subjects[group.subjects.front()];
  return text + RenderRepeat(report, group.case_index, subject, group.failure);
}

std::string RenderProblem(const Error& problem, const ConsoleStyle& style) {
  const std::string label = "PROBLEM";
  std::string text = Wrap(label + " ", Printable(ToString(problem)), style.width);
  return text.replace(0, label.size(), Paint(label, Color::kRed, style.color));
}

/// Which groups are shown in full: the first ones, not too many of one subject, and the first of
/// every subject.
std::vector<bool> ChooseShown(const RunReport& report, std::span<const Group> groups) {
  std::vector<bool> shown(groups.size());
  std::vector<std::size_t> of_subject(report.subjects.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::size_t fewest = kShownPerSubject;
    for (const std::uint32_t subject : groups[i].subjects) {
      fewest = std::min(fewest, of_subject[subject]);
    }
    shown[i] = fewest == 0 || (fewest < kShownPerSubject && count < kShownInFull);
    if (!shown[i]) continue;
    ++count;
    for (const std::uint32_t subject : groups[i].subjects) ++of_subject[subject];
  }
  return shown;
}

/// What the subjects wrote to standard error whose failures, or that nothing ran, do not show it.
std::string RenderStderr(const RunReport& report, const ConsoleStyle& style) {
  std::vector<bool> ran(report.subjects.size());
  std::vector<bool> failed(report.subjects.size());
  for (const RunReport::CaseResult& result : report.results) {
    if (result.verdict != Verdict::kSkip) ran[result.subject] = true;
    const Failure* failure = FailureOf(report, result);
    const bool shows_it = failure != nullptr && !failure->stderr_tail.empty();
    if (IsFailure(result.verdict) && !shows_it) failed[result.subject] = true;
  }
  std::string text;
  for (std::size_t i = 0; i < report.subjects.size(); ++i) {
    if (ran[i] && !failed[i]) continue;
    const std::string lines =
        RenderStderrLines(kConsoleIndent, report.subjects[i].stderr_tail, style.width);
    if (lines.empty()) continue;
    if (!text.empty()) text += "\n";
    text +=
        Wrap("",
             Visible(report.subjects[i].id) + " wrote to standard error, at last:", style.width) +
        lines;
  }
  return text;
}

/// How many failures `groups` are, and the cases they are in, by suite.
std::string RenderRest(const RunReport& report, std::span<const Group> groups,
                       const ConsoleStyle& style) {
  if (groups.empty()) return "";
  std::vector<std::vector<std::uint32_t>> cases(report.suites.size());
  std::size_t failure_count = 0;
  std::size_t case_count = 0;
  for (const Group& group : groups) {
    failure_count += group.Count();
    std::vector<std::uint32_t>& suite = cases[report.cases[group.case_index].suite];
    if (!suite.empty() && suite.back() == group.case_index) continue;
    suite.push_back(group.case_index);
    ++case_count;
  }
  std::string text =
      Wrap("",
           "and " + std::to_string(failure_count) + " more, in " + std::to_string(case_count) +
               (case_count == 1 ? " case" : " cases") + ": see --report json=FILE",
           style.width);
  for (std::size_t suite = 0; suite < cases.size(); ++suite) {
    if (cases[suite].empty()) continue;
    std::string names;
    const std::size_t named = std::min(cases[suite].size(), kNamedPerSuite);
    for (std::size_t i = 0; i < named; ++i) {
      const RunReport::Case& c = report.cases[cases[suite][i]];
      names.append(i == 0 ? "" : ", ").append(Visible(CaseName(report, c)));
    }
    if (named < cases[suite].size()) {
      names += " and " + std::to_string(cases[suite].size() - named) + " more";
    }
    text += Wrap(kConsoleIndent, Visible(report.suites[suite]) + ": " + names, style.width);
  }
  return text;
}

/// Where some failures are explained: that the others are not.
std::string NotExplainedLine(const RunReport& report, std::span<const Group> groups) {
  const bool is_some_explained =
      std::ranges::any_of(report.results, [&report](const RunReport::CaseResult& result) {
        return IsFailure(result.verdict) && FindingOf(report, result) != nullptr;
      });
  if (groups.empty() || !is_some_explained) return "";
  std::size_t failures = 0;
  for (const Group& group : groups) failures += group.Count();
  return "not explained: " + Counted(failures, "failure") + "\n";
}

}  // namespace

std::string RenderFailures(const RunReport& report, const ConsoleStyle& style) {
  std::vector<Group> groups = GroupFailures(report);
  const std::vector<bool> shown = ChooseShown(report, groups);
  std::string text;
  const auto add = [&text](const std::string& paragraph) {
    if (!text.empty() && !paragraph.empty()) text += "\n";
    text += paragraph;
  };
  add(NotExplainedLine(report, groups));
  std::vector<Group> rest;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (shown[i]) {
      add(RenderGroup(report, groups[i], style));
    } else {
      rest.push_back(std::move(groups[i]));
    }
  }
  add(RenderRest(report, rest, style));
  add(RenderStderr(report, style));

  const std::size_t problems = std::min(report.problems.size(), kShownInFull);
  std::string lines;
  for (std::size_t i = 0; i < problems; ++i) lines += RenderProblem(report.problems[i], style);
  if (problems < report.problems.size()) {
    const std::size_t more = report.problems.size() - problems;
    lines += "and " + std::to_string(more) + (more == 1 ? " more problem" : " more problems") +
             ": see --report json=FILE\n";
  }
  add(lines);
  return text;
}

}  // namespace sigvet
