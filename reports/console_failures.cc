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
#include "reports/failure_groups.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

constexpr std::size_t kShownInFull = 20;
constexpr std::size_t kShownPerSubject = 10;
constexpr std::size_t kNamedPerSuite = 10;

std::string RenderGroup(const RunReport& report, const FailureGroup& group,
                        const ConsoleStyle& style) {
  const RunReport::Case& c = report.cases[group.case_index];
  const std::string label(FailureLabel(group.verdict));
  std::string text = Wrap(label + " ", CaseAndPlace(report, c), style.width);
  text.replace(0, label.size(), Paint(label, Color::kRed, style.color));
  text += Wrap(kConsoleIndent, SummaryOf(report, group), style.width);
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
std::vector<bool> ChooseShown(const RunReport& report, std::span<const FailureGroup> groups) {
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

/// What SubjectsToHear() wrote to standard error.
std::string RenderStderr(const RunReport& report, const ConsoleStyle& style) {
  std::string text;
  for (const std::uint32_t index : SubjectsToHear(report)) {
    const RunReport::Subject& subject = report.subjects[index];
    if (!text.empty()) text += "\n";
    text += Wrap("", Visible(subject.id) + " wrote to standard error, at last:", style.width) +
            RenderStderrLines(kConsoleIndent, subject.stderr_tail, style.width);
  }
  return text;
}

/// How many failures `groups` are, and the cases they are in, by suite.
std::string RenderRest(const RunReport& report, std::span<const FailureGroup> groups,
                       const ConsoleStyle& style) {
  if (groups.empty()) return "";
  std::vector<std::vector<std::uint32_t>> cases(report.suites.size());
  std::size_t failure_count = 0;
  std::size_t case_count = 0;
  for (const FailureGroup& group : groups) {
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
std::string NotExplainedLine(const RunReport& report, std::span<const FailureGroup> groups) {
  const bool is_some_explained =
      std::ranges::any_of(report.results, [&report](const RunReport::CaseResult& result) {
        return IsFailure(result.verdict) && FindingOf(report, result) != nullptr;
      });
  if (groups.empty() || !is_some_explained) return "";
  std::size_t failures = 0;
  for (const FailureGroup& group : groups) failures += group.Count();
  return "not explained: " + Counted(failures, "failure") + "\n";
}

}  // namespace

std::string RenderFailures(const RunReport& report, const ConsoleStyle& style) {
  std::vector<FailureGroup> groups = GroupFailures(report);
  const std::vector<bool> shown = ChooseShown(report, groups);
  std::string text;
  const auto add = [&text](const std::string& paragraph) {
    if (!text.empty() && !paragraph.empty()) text += "\n";
    text += paragraph;
  };
  add(NotExplainedLine(report, groups));
  std::vector<FailureGroup> rest;
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
