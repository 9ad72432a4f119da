#include "reports/html_answer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "reports/console_text.h"
#include "reports/explained.h"
#include "reports/html_page.h"
#include "reports/html_parts.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

constexpr std::size_t kNamesShown = 3;
constexpr std::size_t kSubjectsShown = 40;
constexpr std::size_t kMistakesShown = 4;

/// How a subject did, in words.
struct SubjectAnswer {
  std::size_t wrong = 0;
  std::size_t no_answer = 0;
  /// Of the wrong answers and of those that are none.
  std::size_t not_explained = 0;
  std::size_t errors_not_explained = 0;
  std::size_t unexpected_passes = 0;
  std::size_t ran = 0;
  /// Items of a list: its mistakes.
  std::vector<std::string> mistakes;

  bool Conforms() const { return wrong + no_answer == 0; }
};

std::vector<SubjectAnswer> SubjectAnswers(const RunReport& report, const HtmlLinks& links) {
  std::vector<SubjectAnswer> answers(report.subjects.size());
  for (const RunReport::CaseResult& result : report.results) {
    SubjectAnswer& answer = answers[result.subject];
    if (result.verdict != Verdict::kSkip) ++answer.ran;
    const bool explained = FindingOf(report, result) != nullptr;
    if (result.verdict == Verdict::kFail) {
      ++answer.wrong;
      if (!explained) ++answer.not_explained;
    }
    if (result.verdict == Verdict::kError) {
      ++answer.no_answer;
      if (!explained) ++answer.errors_not_explained;
    }
    if (result.verdict == Verdict::kUnexpectedPass && !explained) ++answer.unexpected_passes;
  }
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    if (links.findings[i].empty()) continue;
    const RunReport::Finding& finding = report.findings[i];
    const std::string note = SecretNote(report, finding);
    answers[finding.subject].mistakes.push_back(
        (note.empty() ? "" : EscapeHtml(note) + ": ") + "<a href=\"#" + links.findings[i] + "\">" +
        EscapeHtml(SentenceOf(finding.mistakes)) + "</a> (" +
        HtmlNumber(ExplainedBy(report, finding).failures) + ")");
  }
  return answers;
}

std::string Mistakes(const SubjectAnswer& answer) {
  std::string html;
  const std::size_t shown = std::min(answer.mistakes.size(), kMistakesShown);
  for (std::size_t i = 0; i < shown; ++i) html += (i == 0 ? "" : "; ") + answer.mistakes[i];
  if (shown < answer.mistakes.size()) {
    html += "; " + Counted(answer.mistakes.size() - shown, "more mistake");
  }
  if (answer.not_explained > 0) {
    html += std::string(html.empty() ? "" : "; ") + "<a href=\"#unexplained\">not explained</a> (" +
            HtmlNumber(answer.not_explained) + ")";
  }
  return html;
}

std::string SubjectItem(const RunReport::Subject& subject, const SubjectAnswer& answer) {
  std::string html = "<li><b class=\"who\">" + HtmlValue(subject.id) + "</b> <span>";
  if (answer.wrong > 0) {
    html += HtmlNumber(answer.wrong) + " of " + HtmlNumber(answer.ran) +
            " answers wrong: " + Mistakes(answer);
  }
  if (answer.no_answer > 0) {
    html += answer.wrong > 0 ? "; " : "";
    html += answer.errors_not_explained > 0 ? "<a href=\"#errors\">no answer</a>" : "no answer";
    html += " in " + Counted(answer.no_answer, "case");
  }
  return html + "</span></li>\n";
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

/// "25 passed, 12 failed, 2 skipped; 15 cases, 4 subjects; ..."
std::string Facts(const RunReport& report, std::size_t available) {
  std::string html = "<b>" + HtmlNumber(report.totals.passed) + "</b> passed, <b>" +
                     HtmlNumber(report.totals.failed) + "</b> failed";
  if (report.totals.skipped > 0) {
    html += ", <b>" + HtmlNumber(report.totals.skipped) + "</b> skipped";
  }
  return html + " \u00b7 " + HtmlNumber(report.cases.size()) +
         (report.cases.size() == 1 ? " case" : " cases") + " \u00b7 " +
         Counted(available, "subject") + " \u00b7 " + HtmlTime(report.context.started_at);
}

/// What else failed, each with a link to it; then what was not run.
std::vector<std::string> Others(const RunReport& report,
                                const std::vector<SubjectAnswer>& answers) {
  std::vector<std::string> others;
  std::size_t disputed = 0;
  std::uint32_t last = 0;
  for (const RunReport::CaseResult& result : report.results) {
    if (result.verdict != Verdict::kDisputed || (disputed > 0 && result.case_index == last))
      continue;
    last = result.case_index;
    ++disputed;
  }
  std::size_t unexpected = 0;
  for (const SubjectAnswer& answer : answers) unexpected += answer.unexpected_passes;
  const auto add = [&](std::size_t count, std::string_view id, std::string_view what) {
    if (count == 0) return;
    others.push_back(
        std::string("<a href=\"#").append(id).append("\">").append(Counted(count, what)) + "</a>");
  };
  add(disputed, "disputed", "disputed case");
  add(unexpected, "unexpected", "pass that was known to fail");
  add(report.problems.size(), "problems", "problem");
  return others;
}

}  // namespace

HtmlAnswer AnswerOf(const RunReport& report, const HtmlLinks& links) {
  const std::vector<SubjectAnswer> answers = SubjectAnswers(report, links);
  const std::vector<std::string> others = Others(report, answers);
  std::vector<std::string> wrong;
  std::vector<std::string> right;
  std::size_t available = 0;
  std::string items;
  std::size_t listed = 0;
  std::string unavailable;
  for (std::size_t i = 0; i < report.subjects.size(); ++i) {
    const RunReport::Subject& subject = report.subjects[i];
    if (!subject.unavailable_because.empty()) {
      unavailable += (unavailable.empty() ? "" : ", ") + HtmlValue(subject.id);
      continue;
    }
    ++available;
    if (answers[i].ran == 0) continue;
    (answers[i].Conforms() ? right : wrong).push_back(Visible(subject.id));
    if (!answers[i].Conforms() && ++listed <= kSubjectsShown)
      items += SubjectItem(subject, answers[i]);
  }

  std::string title;
  std::string_view state = "bad";
  const std::string count = Counted(report.totals.failed, "failure");
  if (wrong.size() > kNamesShown && right.empty()) {
    title = "None of " + Counted(wrong.size(), "subject") + " conforms";
  } else if (wrong.size() > kNamesShown) {
    title =
        std::to_string(wrong.size()) + " of " + Counted(available, "subject") + " do not conform";
  } else if (!wrong.empty()) {
    title = HtmlNames(wrong, kNamesShown) +
            (wrong.size() == 1 ? " does not conform" : " do not conform");
  } else if (report.totals.failed > 0) {
    title = count + ", but no wrong answer";
  } else if (right.empty()) {
    title = "No case was run";
  } else if (report.context.interrupted) {
    title = "Interrupted; no failure until then";
    state = "warn";
  } else {
    title = right.size() == 1 ? right[0] + " conforms"
                              : "All " + std::to_string(right.size()) + " subjects conform";
    state = "good";
  }

  HtmlAnswer answer;
  answer.title = title;
  answer.html = "<div class=\"answer " + std::string(state) + "-answer\">\n<h1><span class=\"" +
                std::string(state) + "\">" +
                (state == "good"   ? "\u2713"
                 : state == "warn" ? "!"
                                   : "\u2717") +
                "</span> " + EscapeHtml(title) + "</h1>\n<p>" + Facts(report, available) + "</p>\n";
  if (!items.empty()) answer.html += "<ul class=\"mistakes\">\n" + items + "</ul>\n";
  if (listed > kSubjectsShown) {
    answer.html += "<p>and " + HtmlNumber(listed - kSubjectsShown) + " more</p>\n";
  }
  if (!others.empty()) answer.html += "<p>Also: " + Joined(others) + ".</p>\n";
  if (!wrong.empty() && !right.empty()) {
    answer.html += "<p>Conforming: " + EscapeHtml(HtmlNames(right, kSubjectsShown)) + ".</p>\n";
  }
  if (report.context.interrupted) {
    answer.html +=
        "<p>The run was interrupted: the results that are missing count as skipped.</p>\n";
  }
  if (!unavailable.empty()) {
    answer.html += "<p>Could not run: <a href=\"#environment\">" + unavailable + "</a>.</p>\n";
  }
  answer.html += "</div>\n";
  return answer;
}

}  // namespace sigvet
