#include "reports/console_findings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/explained.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

constexpr std::size_t kShownInFull = 12;
constexpr std::size_t kShownPerSubject = 5;
constexpr std::size_t kLinesShown = 20;
constexpr std::size_t kAlternativesShown = 3;
constexpr std::size_t kNamedPerSuite = 4;
constexpr std::size_t kNamed = 8;

std::string Label(std::string_view label) {
  return std::string(kConsoleIndent) + PadRight(label, 10);
}

/// The lines of the algorithm, and what to do.
std::string RenderMistakes(const std::vector<RunReport::Mistake>& mistakes, std::size_t width) {
  std::string text;
  std::string_view line;
  for (const RunReport::Mistake& mistake : mistakes) {
    if (!mistake.line.empty() && mistake.line != line) {
      text += Wrap(Label("algorithm"), Printable(mistake.line), width);
    }
    line = mistake.line;
    if (mistake.remedy.empty()) continue;
    text += Wrap(Label("do"), Printable(mistake.remedy), width);
  }
  return text;
}

std::string RenderAlternatives(const RunReport::Finding& finding, std::size_t width) {
  std::string text;
  const std::size_t shown = std::min(finding.alternatives.size(), kAlternativesShown);
  for (const auto& mistakes : std::span(finding.alternatives).first(shown)) {
    const std::string remedy = RemedyOf(mistakes);
    text += Wrap(Label("or"), SentenceOf(mistakes) + (remedy.empty() ? "" : ": " + remedy), width);
  }
  const std::size_t more = finding.alternatives.size() - shown;
  if (more > 0) {
    text += Wrap(Label(""), "or one of " + std::to_string(more) + " more: see --report json=FILE",
                 width);
  }
  return text;
}

std::string RenderExample(const RunReport& report, const RunReport::CaseResult& result,
                          const ConsoleStyle& style) {
  std::string text =
      Wrap(Label("example"), CaseAndPlace(report, report.cases[result.case_index]), style.width);
  const Failure* failure = FailureOf(report, result);
  if (failure != nullptr) {
    const std::string reason = ReasonAndStage(*failure);
    if (!reason.empty()) text += Wrap(Label(""), reason, style.width);
    text += RenderValues(*failure, style);
  }
  return text + RenderRepeat(report, result.case_index, &report.subjects[result.subject], failure);
}

std::string RenderInFull(const RunReport& report, const RunReport::Finding& finding,
                         const Explained& explained, std::size_t failures_of_subject,
                         const ConsoleStyle& style) {
  const std::string label = "FINDING";
  std::string text = Wrap(label + " ",
                          Visible(report.subjects[finding.subject].id) + "  " +
                              HeadlineOf(report, finding, explained, failures_of_subject),
                          style.width);
  text.replace(0, label.size(), Paint(label, Color::kRed, style.color));
  text += RenderMistakes(finding.mistakes, style.width);
  text += RenderAlternatives(finding, style.width);
  std::string cases = CasesBySuite(report, explained.cases, kNamedPerSuite, kNamed);
  if (explained.known_failures > 0) {
    cases += " (" + std::to_string(explained.known_failures) + " of them known)";
  }
  text += Wrap(Label("cases"), cases, style.width);
  return text + RenderExample(report, *explained.example, style);
}

/// One line: who, what, in how many cases.
std::string RenderInShort(const RunReport& report, const RunReport::Finding& finding,
                          std::string_view first, std::size_t cases, std::size_t width) {
  const std::string note = SecretNote(report, finding);
  return Wrap(
      first,
      Visible(report.subjects[finding.subject].id) + ": " + (note.empty() ? "" : note + ": ") +
          SentenceOf(finding.mistakes) +
          (finding.alternatives.empty() ? "" : " (or another mistake that gives the same)") +
          ", in " + Counted(cases, "case"),
      width);
}

std::string NotSearchedLine(const RunReport& report, std::size_t width) {
  if (report.not_searched == 0) return "";
  const bool one = report.not_searched == 1;
  return Wrap("",
              Counted(report.not_searched, "wrong answer") + (one ? " was" : " were") +
                  " not searched for two mistakes together: the first ones that were had none that "
                  "is known, or there are too many",
              width);
}

}  // namespace

std::string RenderFindings(const RunReport& report, const ConsoleStyle& style) {
  const std::vector<std::size_t> failures = FailuresOfSubjects(report);
  std::vector<std::size_t> shown_of_subject(report.subjects.size());
  std::size_t shown = 0;
  std::string text;
  std::string rest;
  std::size_t rest_count = 0;
  const auto add = [&text](const std::string& paragraph) {
    if (!text.empty() && !paragraph.empty()) text += "\n";
    text += paragraph;
  };
  for (const RunReport::Finding& finding : report.findings) {
    const Explained explained = ExplainedBy(report, finding);
    if (explained.failures == 0) continue;
    std::size_t& of_subject = shown_of_subject[finding.subject];
    if (of_subject == 0 || (of_subject < kShownPerSubject && shown < kShownInFull)) {
      ++of_subject;
      ++shown;
      add(RenderInFull(report, finding, explained, failures[finding.subject], style));
    } else if (++rest_count <= kLinesShown) {
      rest += RenderInShort(report, finding, kConsoleIndent, explained.cases.size(), style.width);
    }
  }
  if (rest_count > kLinesShown) {
    rest +=
        Wrap(kConsoleIndent,
             "and " + std::to_string(rest_count - kLinesShown) + " more: see --report json=FILE",
             style.width);
  }
  if (!rest.empty()) add("and " + Counted(rest_count, "more finding") + ":\n" + rest);
  add(NotSearchedLine(report, style.width));
  return text;
}

std::string RenderKnownFindings(const RunReport& report, const ConsoleStyle& style) {
  std::string text;
  for (const RunReport::Finding& finding : report.findings) {
    const Explained explained = ExplainedBy(report, finding);
    if (explained.failures > 0 || explained.known_failures == 0) continue;
    text += RenderInShort(report, finding, "known: ", explained.known_failures, style.width);
  }
  return text;
}

}  // namespace sigvet
