#include "reports/html_findings.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/explained.h"
#include "reports/html_parts.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

/// The first of each subject is always shown in full.
constexpr std::size_t kShownInFull = 100;
constexpr std::size_t kShownPerSubject = 15;
constexpr std::size_t kAlternativesShown = 5;
constexpr std::size_t kLinesShown = 500;

std::string SubjectName(const RunReport& report, const RunReport::Finding& finding) {
  return "<b class=\"who\">" + HtmlValue(report.subjects[finding.subject].id) + "</b>";
}

/// How much it explains, and how certain that is.
std::string Extent(const RunReport& report, const RunReport::Finding& finding,
                   const Explained& explained, std::size_t failures_of_subject) {
  const std::size_t count = finding.mistakes.size();
  std::string html = "With ";
  html += count == 1 ? "this mistake" : "these " + std::to_string(count) + " mistakes together";
  html += finding.only_stage.empty()
              ? " exactly the value comes out that "
              : " exactly the " + HtmlValue(finding.only_stage) + " comes out that ";
  html += "<b>" + HtmlValue(report.subjects[finding.subject].id) + "</b> gave, in ";
  if (failures_of_subject == 1) return html + "its one failure.";
  if (explained.failures == failures_of_subject) {
    return html + "all of its " + HtmlNumber(failures_of_subject) + " failures.";
  }
  return html + HtmlNumber(explained.failures) + " of its " + HtmlNumber(failures_of_subject) +
         " failures.";
}

/// The lines of the algorithm, and what to do.
std::string MistakePairs(const std::vector<RunReport::Mistake>& mistakes) {
  std::string html;
  std::string_view line;
  for (const RunReport::Mistake& mistake : mistakes) {
    if (mistakes.size() > 1) html += HtmlPair("Mistake", HtmlText(mistake.sentence));
    if (!mistake.line.empty() && mistake.line != line) {
      html += HtmlPair("Algorithm", "<code>" + HtmlText(mistake.line) + "</code>");
    }
    line = mistake.line;
    html += HtmlPair("Do", HtmlText(mistake.remedy));
  }
  return html;
}

std::string AlternativePairs(const RunReport::Finding& finding) {
  std::string html;
  const std::size_t shown = std::min(finding.alternatives.size(), kAlternativesShown);
  for (const auto& mistakes : std::span(finding.alternatives).first(shown)) {
    const std::string remedy = RemedyOf(mistakes);
    html += HtmlPair(
        "Or", EscapeHtml(SentenceOf(mistakes)) + (remedy.empty() ? "" : ": " + EscapeHtml(remedy)));
  }
  const std::size_t more = finding.alternatives.size() - shown;
  if (more > 0) {
    html += HtmlPair("Or", "one of " + HtmlNumber(more) + " more, which the JSON report has");
  }
  return html;
}

std::string Article(const RunReport& report, const RunReport::Finding& finding,
                    const Explained& explained, std::size_t failures_of_subject,
                    const std::string& id) {
  std::string html = "<article class=\"item\" id=\"" + id + "\">\n<h3><a class=\"id\" href=\"#" +
                     id + "\">" + id + "</a> " + SubjectName(report, finding) + ": " +
                     EscapeHtml(SentenceOf(finding.mistakes)) + "</h3>\n<p>" +
                     Extent(report, finding, explained, failures_of_subject) + "</p>\n<dl>\n";
  html += HtmlPair("Note", EscapeHtml(SecretNote(report, finding)));
  html += HtmlPair("Note", EscapeHtml(OnlyStageNote(finding)));
  html += MistakePairs(finding.mistakes) + AlternativePairs(finding) + "</dl>\n";

  const RunReport::CaseResult& example = *explained.example;
  const Failure* failure = FailureOf(report, example);
  html += "<h4>Example: <code>" + HtmlValue(report.cases[example.case_index].id) + "</code></h4>\n";
  const std::string reason = failure == nullptr ? "" : ReasonAndStage(*failure);
  if (!reason.empty()) html += "<p>" + EscapeHtml(reason) + "</p>\n";
  html += HtmlExample(report, example.case_index, &report.subjects[example.subject], failure);
  if (explained.cases.size() > 1) {
    html += "<h4>Cases</h4>\n" + HtmlCaseList(report, explained.cases);
  }
  if (explained.known_failures > 0) {
    html += "<p class=\"soft\">" + HtmlNumber(explained.known_failures) +
            " of them are known to fail.</p>\n";
  }
  return html + "</article>\n";
}

/// Who, what, in how many cases.
std::string Item(const RunReport& report, const RunReport::Finding& finding, std::size_t cases,
                 const std::string& id) {
  const std::string note = SecretNote(report, finding);
  std::string html = "<li class=\"item\"";
  if (!id.empty()) html += " id=\"" + id + "\"";
  html += ">" + (id.empty() ? "" : "<span class=\"id\">" + id + "</span> ") +
          SubjectName(report, finding) + ": ";
  if (!note.empty()) html += EscapeHtml(note) + ": ";
  html += EscapeHtml(SentenceOf(finding.mistakes));
  if (!finding.alternatives.empty()) html += " (or another mistake that gives the same)";
  return html + ", in " + Counted(cases, "case") + "</li>\n";
}

void AddLinks(const RunReport& report, const RunReport::Finding& finding,
              const Explained& explained, const std::string& id, HtmlLinks& links) {
  for (const std::uint32_t index : explained.cases) {
    links.Add(report.cases[index].suite, finding.subject, id);
  }
}

std::string NotSearched(const RunReport& report) {
  if (report.not_searched == 0) return "";
  return "<p class=\"soft\">" + Counted(report.not_searched, "wrong answer") +
         (report.not_searched == 1 ? " was" : " were") +
         " not searched for two mistakes together: the first ones that were had none that is "
         "known, or there are too many.</p>\n";
}

}  // namespace

HtmlSection FindingsSection(const RunReport& report, HtmlLinks& links) {
  const std::vector<std::size_t> failures = FailuresOfSubjects(report);
  std::vector<std::size_t> shown_of_subject(report.subjects.size());
  std::size_t number = 0;
  std::size_t shown = 0;
  std::size_t left_out = 0;
  std::size_t lines = 0;
  std::string articles;
  std::string rest;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const RunReport::Finding& finding = report.findings[i];
    const Explained explained = ExplainedBy(report, finding);
    if (explained.failures == 0) continue;
    std::string id = "F" + std::to_string(++number);
    std::size_t& of_subject = shown_of_subject[finding.subject];
    if (of_subject == 0 || (of_subject < kShownPerSubject && shown < kShownInFull)) {
      ++of_subject;
      ++shown;
      articles += Article(report, finding, explained, failures[finding.subject], id);
    } else if (lines < kLinesShown) {
      ++lines;
      rest += Item(report, finding, explained.cases.size(), id);
    } else {
      ++left_out;
      id = "F-more";
    }
    links.findings[i] = id;
    AddLinks(report, finding, explained, id, links);
  }
  std::string body = articles;
  if (!rest.empty()) body += "<h3>More findings, in short</h3>\n<ul>\n" + rest + "</ul>\n";
  if (left_out > 0) {
    body += "<p id=\"F-more\">" + HtmlNumber(left_out) +
            " more findings are not shown; the JSON report has all.</p>\n";
  }
  body += NotSearched(report);
  return {"findings", "Mistakes found", body};
}

std::string KnownFindingItems(const RunReport& report) {
  std::string items;
  std::size_t count = 0;
  for (const RunReport::Finding& finding : report.findings) {
    const Explained explained = ExplainedBy(report, finding);
    if (explained.failures > 0 || explained.known_failures == 0) continue;
    if (++count > kLinesShown) break;
    items += Item(report, finding, explained.known_failures, "");
  }
  return items;
}

}  // namespace sigvet
