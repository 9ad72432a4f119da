#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/explained.h"
#include "reports/failure_groups.h"
#include "reports/markdown_matrix.h"
#include "reports/markdown_text.h"
#include "reports/mistake_text.h"
#include "reports/report.h"
#include "reports/tally.h"

// A job summary of GitHub Actions. GitHub shows none that is larger than 1 MiB, so each part is
// added only where it fits, what matters most first.

namespace sigvet {
namespace {

/// Failures leave room for the matrix, the matrix for what comes last, and that for the closing
/// words.
constexpr std::size_t kMostOfFailures = 700'000;
constexpr std::size_t kMostOfMatrix = 900'000;
constexpr std::size_t kMostOfAll = 990'000;

constexpr std::size_t kFindingsShown = 50;
constexpr std::size_t kGroupsShown = 50;
constexpr std::size_t kProblemsShown = 50;
constexpr std::size_t kAlternativesShown = 5;
constexpr std::size_t kCasesPerSuite = 6;
constexpr std::size_t kCasesNamed = 24;
constexpr std::size_t kKnownShown = 100;
/// Of one text from outside; only what is broken is longer.
constexpr std::size_t kTextColumns = 1000;
constexpr ConsoleStyle kBlockStyle = {.width = 100};

constexpr std::string_view kWhereTheRestIs =
    ": the JSON report (`--report json=FILE`) has everything.\n\n";

std::string Escaped(std::string_view printable) {
  return EscapeMarkdown(ShortenMiddle(printable, kTextColumns));
}

std::string Code(std::string_view printable) {
  return MarkdownCode(ShortenMiddle(printable, kTextColumns));
}

/// Parts of one kind, which all fit into the summary or are counted as left out.
class Section {
 public:
  Section(std::string& text, std::string heading, std::size_t most_parts, std::size_t most_bytes)
      : text_(text),
        heading_(std::move(heading)),
        most_parts_(most_parts),
        most_bytes_(most_bytes) {}

  /// `make()` is called where there may be room; it counts as `weight` where there is none.
  template <typename Make>
  void Add(Make make, std::size_t weight = 1) {
    if (parts_ < most_parts_) {
      const std::string part = make();
      if (text_.size() + heading_.size() + part.size() <= most_bytes_) {
        text_ += heading_ + part;
        heading_.clear();
        ++parts_;
        return;
      }
    }
    left_out_ += weight;
  }

  /// Says what was left out: `one` is "finding", "failure" ...
  void Finish(std::string_view one) {
    if (left_out_ == 0) return;
    text_ += heading_ + "And " + Counted(left_out_, "more " + std::string(one));
    text_ += left_out_ == 1 ? " that is not shown" : " that are not shown";
    text_ += kWhereTheRestIs;
  }

 private:
  std::string& text_;
  std::string heading_;
  std::size_t most_parts_;
  std::size_t most_bytes_;
  std::size_t parts_ = 0;
  std::size_t left_out_ = 0;
};

/// The answer in one line.
std::string Answer(const RunReport& report) {
  const RunReport::Totals& totals = report.totals;
  std::string answer;
  if (totals.failed > 0) answer = std::to_string(totals.failed) + " failed, ";
  answer += std::to_string(totals.passed) + " passed";
  if (totals.skipped > 0) answer += ", " + std::to_string(totals.skipped) + " skipped";
  if (report.results.empty()) answer = "nothing ran";
  const bool is_well = totals.failed == 0 && !report.results.empty() && !report.context.interrupted;
  const std::string_view sign = is_well ? "✅" : "❌";
  std::string text = std::string("## ").append(sign).append(" sigvet: ").append(answer) + "\n\n";
  if (report.context.interrupted) {
    text += "**Interrupted**: the results that are missing count as skipped.\n\n";
  }
  return text;
}

/// The first line of a paragraph that begins with a label.
std::string Item(std::string_view label, std::string_view markdown) {
  return std::string("- **").append(label).append("**: ").append(markdown).append("\n");
}

std::string ValuesBlock(const Failure* failure) {
  if (failure == nullptr) return "";
  const std::string values = RenderValues(*failure, kBlockStyle, 0);
  return values.empty() ? "" : MarkdownBlock(values, "text");
}

std::string StderrBlock(std::string_view tail) {
  const std::string lines = RenderStderrLines("", tail, kBlockStyle.width);
  return lines.empty() ? "" : MarkdownBlock(lines, "text");
}

std::string RepeatBlock(const RunReport& report, std::uint32_t case_index,
                        const RunReport::Subject* subject, const Failure* failure) {
  return MarkdownBlock(RepeatCommand(report, case_index, subject, failure), "sh");
}

std::string CaseLine(const RunReport& report, std::uint32_t case_index) {
  const RunReport::Case& c = report.cases[case_index];
  return Code(Visible(c.id)) + " at " +
         Code(Visible(ToString(Place{report.corpus.files[c.file], c.line, 0})));
}

std::string FindingPart(const RunReport& report, const RunReport::Finding& finding,
                        const Explained& explained, std::size_t failures_of_subject) {
  const RunReport::Subject& subject = report.subjects[finding.subject];
  std::string text = "#### " + Code(Visible(subject.id)) + ": " +
                     Escaped(HeadlineOf(report, finding, explained, failures_of_subject)) + "\n\n";
  std::string_view line;
  for (const RunReport::Mistake& mistake : finding.mistakes) {
    if (!mistake.line.empty() && mistake.line != line) {
      text += Item("algorithm", Code(Printable(mistake.line)));
    }
    line = mistake.line;
    if (!mistake.remedy.empty()) text += Item("do", Escaped(Printable(mistake.remedy)));
  }
  const std::size_t shown = std::min(finding.alternatives.size(), kAlternativesShown);
  for (std::size_t i = 0; i < shown; ++i) {
    text += Item("or", Escaped(SentenceOf(finding.alternatives[i])));
  }
  if (shown < finding.alternatives.size()) {
    text += Item("or", "one of " + std::to_string(finding.alternatives.size() - shown) + " more");
  }
  std::string cases = Escaped(CasesBySuite(report, explained.cases, kCasesPerSuite, kCasesNamed));
  if (explained.known_failures > 0) {
    cases += " (" + std::to_string(explained.known_failures) + " of them known)";
  }
  text += Item("cases", cases);
  const RunReport::CaseResult& example = *explained.example;
  const Failure* failure = FailureOf(report, example);
  std::string reason = failure == nullptr ? "" : ReasonAndStage(*failure);
  if (!reason.empty()) reason = ": " + Escaped(reason);
  text += Item("example", CaseLine(report, example.case_index) + reason) + "\n";
  return text + ValuesBlock(failure) + RepeatBlock(report, example.case_index, &subject, failure);
}

/// Whether any failure is explained.
bool AddFindings(const RunReport& report, std::string& text) {
  const std::vector<std::size_t> failures = FailuresOfSubjects(report);
  Section section(text, "### Findings\n\n", kFindingsShown, kMostOfFailures);
  bool any = false;
  for (const RunReport::Finding& finding : report.findings) {
    const Explained explained = ExplainedBy(report, finding);
    if (explained.failures == 0) continue;
    any = true;
    section.Add([&] { return FindingPart(report, finding, explained, failures[finding.subject]); });
  }
  section.Finish("finding");
  return any;
}

std::string GroupPart(const RunReport& report, const FailureGroup& group) {
  const RunReport::Subject* subject =
      group.verdict == Verdict::kDisputed ? nullptr : &report.subjects[group.subjects.front()];
  std::string text = std::string("**").append(FailureLabel(group.verdict)).append("** ") +
                     CaseLine(report, group.case_index) + "<br>" +
                     Escaped(SummaryOf(report, group)) + "\n\n";
  if (group.failure != nullptr) {
    text += ValuesBlock(group.failure);
    if (!group.failure->hint.empty()) {
      text += Item("hint", Escaped(Printable(group.failure->hint))) + "\n";
    }
    text += StderrBlock(group.failure->stderr_tail);
  }
  return text + RepeatBlock(report, group.case_index, subject, group.failure);
}

void AddUnexplained(const RunReport& report, bool some_are_explained, std::string& text) {
  const std::vector<FailureGroup> groups = GroupFailures(report);
  Section section(
      text, some_are_explained ? "### Failures without an explanation\n\n" : "### Failures\n\n",
      kGroupsShown, kMostOfFailures);
  for (const FailureGroup& group : groups) {
    section.Add([&] { return GroupPart(report, group); }, group.Count());
  }
  section.Finish("failure");
}

void AddProblems(const RunReport& report, std::string& text) {
  Section section(text, "### Problems\n\n", kProblemsShown, kMostOfFailures);
  for (const Error& problem : report.problems) {
    section.Add([&] { return "- " + Code(Printable(ToString(problem))) + "\n"; });
  }
  if (!report.problems.empty()) text += "\n";
  section.Finish("problem");
}

void AddKnownFailures(const RunReport& report, std::string& text) {
  const auto count = static_cast<std::size_t>(
      std::ranges::count(report.results, Verdict::kExpectedFail, &RunReport::CaseResult::verdict));
  if (count == 0) return;
  Section section(
      text, "### Known failures\n\n" + Counted(count, "known failure") + " failed as expected.\n\n",
      kKnownShown, kMostOfAll);
  for (const RunReport::CaseResult& result : report.results) {
    if (result.verdict != Verdict::kExpectedFail) continue;
    section.Add([&] {
      const RunReport::Finding* finding = FindingOf(report, result);
      const Failure* failure = FailureOf(report, result);
      std::string why = finding != nullptr   ? SentenceOf(finding->mistakes)
                        : failure != nullptr ? ReasonAndStage(*failure)
                                             : "";
      if (!why.empty()) why = ": " + Escaped(why);
      return "- " + Code(Visible(report.subjects[result.subject].id)) + " " +
             Code(Visible(report.cases[result.case_index].id)) + why + "\n";
    });
  }
  text += "\n";
  section.Finish("known failure");
}

void AddSubjects(const RunReport& report, std::string& text) {
  Section section(text,
                  "### Subjects\n\n| subject | kind | library | kernel |\n|---|---|---|---|\n",
                  report.subjects.size(), kMostOfAll);
  for (const RunReport::Subject& subject : report.subjects) {
    section.Add([&] {
      const std::string library = subject.unavailable_because.empty()
                                      ? Visible(subject.library)
                                      : "unavailable: " + Printable(subject.unavailable_because);
      return "| " + Escaped(Visible(subject.id)) + " | " + Escaped(Visible(subject.kind)) + " | " +
             Escaped(library) + " | " + Escaped(Visible(subject.kernel)) + " |\n";
    });
  }
  text += "\n";
  section.Finish("subject");
  Section stderr_section(text, "", report.subjects.size(), kMostOfAll);
  for (const std::uint32_t index : SubjectsToHear(report)) {
    const RunReport::Subject& subject = report.subjects[index];
    stderr_section.Add([&] {
      return "The end of what " + Code(Visible(subject.id)) + " wrote to standard error:\n\n" +
             StderrBlock(subject.stderr_tail);
    });
  }
  stderr_section.Finish("standard error");
}

std::string CodeList(const std::vector<std::string>& texts) {
  constexpr std::size_t kShown = 20;
  std::string list;
  for (std::size_t i = 0; i < std::min(texts.size(), kShown); ++i) {
    list += (i == 0 ? "" : ", ") + Code(Visible(texts[i]));
  }
  if (texts.size() > kShown) list += " and " + std::to_string(texts.size() - kShown) + " more";
  return list;
}

void AddEnvironment(const RunReport& report, std::string& text) {
  const RunReport::Context& context = report.context;
  const RunReport::CorpusSummary& corpus = report.corpus;
  std::string cases = Counted(corpus.case_count, "case");
  if (report.cases.size() != corpus.case_count) {
    cases += " (" + std::to_string(report.cases.size()) + " selected)";
  }
  Section section(text, "### Environment\n\n", 20, kMostOfAll);
  const auto add = [&](std::string_view label, const std::string& markdown) {
    if (!markdown.empty()) section.Add([&] { return Item(label, markdown); });
  };
  add("sigvet", Code(Printable(context.sigvet_version)) + ", run at " +
                    Code(Printable(context.started_at)) + " on " + Code(Printable(context.system)) +
                    " in " + std::to_string(context.elapsed_ms) + " ms");
  add("corpus", cases + " in " + Counted(corpus.files.size(), "file") + ", digest " +
                    Code(Visible(corpus.digest)));
  add("given as corpus", CodeList(context.corpus_paths));
  add("suites of others", CodeList(context.suite_paths));
  add("filters", CodeList(context.filters));
  add("skipped by", CodeList(context.skips));
  add("operations that had to run", CodeList(context.required_operations));
  if (corpus.contested_left_out > 0) {
    add("left out", Counted(corpus.contested_left_out, "contested case") + " of " +
                        CodeList(corpus.contested_suites));
  }
  if (context.shard_count != 0) {
    add("shard",
        std::to_string(context.shard_index) + " of " + std::to_string(context.shard_count));
  }
  section.Finish("line");
}

}  // namespace

std::string RenderMarkdown(const RunReport& report) {
  std::string text = Answer(report);
  const bool some_are_explained = AddFindings(report, text);
  AddUnexplained(report, some_are_explained, text);
  AddProblems(report, text);
  AppendMarkdownMatrix(report, kMostOfMatrix, text);
  AddKnownFailures(report, text);
  AddSubjects(report, text);
  AddEnvironment(report, text);
  return text;
}

}  // namespace sigvet
