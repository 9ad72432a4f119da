#include "reports/html_failures.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/failure_groups.h"
#include "reports/html_parts.h"

namespace sigvet {
namespace {

/// Of a section; the first of each subject is always shown in full.
constexpr std::size_t kShownInFull = 60;
constexpr std::size_t kShownPerSubject = 10;
constexpr std::size_t kNamesShown = 20;
constexpr std::size_t kProblemsShown = 100;

/// A section of the page: one verdict.
struct Kind {
  Verdict verdict;
  std::string_view id;
  std::string_view title;
  /// What the ids of its failures begin with.
  std::string_view letter;
  std::string_view about;
};

constexpr Kind kKinds[] = {
    {Verdict::kFail, "unexplained", "Wrong, and not explained", "U",
     "No mistake that is known gives these values."},
    {Verdict::kError, "errors", "No answer", "E",
     "The program crashed, hung, or wrote something that is no answer."},
    {Verdict::kDisputed, "disputed", "Disputed cases", "D",
     "Most backends agree with each other but not with the case: either the expected value or this "
     "project's derivation is wrong."},
    {Verdict::kUnexpectedPass, "unexpected", "Passed, but known to fail", "P",
     "These stand in a list of known failures, and should be taken off it."},
};

std::string SubjectNames(const RunReport& report, const FailureGroup& group) {
  std::vector<std::string> names;
  names.reserve(group.subjects.size());
  for (const std::uint32_t subject : group.subjects) {
    names.push_back("<b class=\"who\">" + HtmlValue(report.subjects[subject].id) + "</b>");
  }
  return HtmlNames(names, kNamesShown);
}

std::string Article(const RunReport& report, const FailureGroup& group, const std::string& id) {
  const RunReport::Case& c = report.cases[group.case_index];
  std::string html = "<article class=\"item\" id=\"" + id + "\">\n<h3><a class=\"id\" href=\"#" +
                     id + "\">" + id + "</a> <code>" + HtmlValue(c.id) + "</code></h3>\n<p>" +
                     SubjectNames(report, group);
  const std::string reason = group.failure == nullptr ? "" : ReasonAndStage(*group.failure);
  if (!reason.empty()) html += ": " + EscapeHtml(reason);
  html += "</p>\n";
  const RunReport::Subject* subject =
      group.verdict == Verdict::kDisputed ? nullptr : &report.subjects[group.subjects.front()];
  return html + HtmlExample(report, group.case_index, subject, group.failure) + "</article>\n";
}

/// Which are shown in full, and the ids of cases of those that are not.
class KindOfFailures {
 public:
  KindOfFailures(const RunReport& report, const Kind& kind, HtmlLinks& links)
      : report_(report), kind_(kind), links_(links), of_subject_(report.subjects.size()) {}

  void Add(const FailureGroup& group) {
    count_ += group.Count();
    std::string id(kind_.letter);
    if (IsShown(group)) {
      id += std::to_string(++shown_);
      articles_ += Article(report_, group, id);
    } else {
      id += "-more";
      rest_failures_ += group.Count();
      if (rest_.empty() || rest_.back() != group.case_index) rest_.push_back(group.case_index);
    }
    for (const std::uint32_t subject : group.subjects) {
      links_.Add(report_.cases[group.case_index].suite, subject, id);
    }
  }

  HtmlSection Section() const {
    if (count_ == 0) return {};
    std::string body = "<p class=\"soft\">" + std::string(kind_.about) + "</p>\n" + articles_;
    if (!rest_.empty()) {
      body += "<h3 id=\"" + std::string(kind_.letter) + "-more\">" + HtmlNumber(rest_failures_) +
              " more, in " + HtmlNumber(rest_.size()) + (rest_.size() == 1 ? " case" : " cases") +
              "</h3>\n<p>They are not shown here in full; the JSON report has all.</p>\n" +
              HtmlCaseList(report_, rest_);
    }
    return {std::string(kind_.id), std::string(kind_.title) + " (" + HtmlNumber(count_) + ")",
            body};
  }

 private:
  bool IsShown(const FailureGroup& group) {
    std::size_t fewest = kShownPerSubject;
    for (const std::uint32_t subject : group.subjects) {
      fewest = std::min(fewest, of_subject_[subject]);
    }
    if (fewest > 0 && (fewest == kShownPerSubject || shown_ >= kShownInFull)) return false;
    for (const std::uint32_t subject : group.subjects) ++of_subject_[subject];
    return true;
  }

  const RunReport& report_;
  const Kind& kind_;
  HtmlLinks& links_;
  std::vector<std::size_t> of_subject_;
  std::size_t count_ = 0;
  std::size_t shown_ = 0;
  std::size_t rest_failures_ = 0;
  std::vector<std::uint32_t> rest_;
  std::string articles_;
};

}  // namespace

std::vector<HtmlSection> FailureSections(const RunReport& report, HtmlLinks& links) {
  const std::vector<FailureGroup> groups = GroupFailures(report);
  std::vector<HtmlSection> sections;
  for (const Kind& kind : kKinds) {
    KindOfFailures failures(report, kind, links);
    for (const FailureGroup& group : groups) {
      if (group.verdict == kind.verdict) failures.Add(group);
    }
    sections.push_back(failures.Section());
  }
  return sections;
}

HtmlSection ProblemsSection(const RunReport& report) {
  if (report.problems.empty()) return {};
  std::string items;
  const std::size_t shown = std::min(report.problems.size(), kProblemsShown);
  for (const Error& problem : std::span(report.problems).first(shown)) {
    items += "<li class=\"item\">" + HtmlText(ToString(problem)) + "</li>\n";
  }
  std::string body = "<ul>\n" + items + "</ul>\n";
  if (shown < report.problems.size()) {
    body += "<p>" + HtmlNumber(report.problems.size() - shown) +
            " more are not shown; the JSON report has all.</p>\n";
  }
  return {"problems", "Problems of the run (" + HtmlNumber(report.problems.size()) + ")", body};
}

}  // namespace sigvet
