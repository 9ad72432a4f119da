#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/mistake_text.h"
#include "reports/outcome.h"
#include "reports/report.h"
#include "reports/stderr_text.h"
#include "reports/tally.h"

// TAP version 14. One flat list: most readers, Perl's prove among them, know nothing of subtests
// and would count each as one test. The YAML is of the kind that Perl's TAP::Parser reads too:
// maps, double-quoted strings and literal blocks.

namespace sigvet {
namespace {

/// Of a value; what differs is shown below it in any case.
constexpr std::size_t kValueColumns = 300;
constexpr std::size_t kStderrLines = 20;
constexpr std::size_t kBlockIndent = 4;
/// No value is broken into lines: those that differences show are shorter.
constexpr ConsoleStyle kDifferenceStyle = {.width = 400};

/// For a description, and for the reason of a directive: `text` is printable.
std::string EscapeTap(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '#' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// A string of YAML; `text` is printable.
std::string QuoteYaml(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '"';
}

/// A block of YAML under construction.
class Diagnosis {
 public:
  /// `text` is printable.
  void Add(std::string_view key, std::string_view text) {
    if (!text.empty()) text_.append("  ").append(key).append(": ").append(QuoteYaml(text)) += '\n';
  }

  void AddValue(std::string_view key, std::string_view value) {
    text_.append("  ").append(key).append(": ");
    text_.append(QuoteYaml(ShortenMiddle(Visible(value), kValueColumns))) += '\n';
  }

  void AddPlace(const Place& place) {
    if (place.file.empty()) return;
    text_ += "  at:\n    file: " + QuoteYaml(Visible(place.file)) + "\n";
    if (place.line != 0) text_ += "    line: " + std::to_string(place.line) + "\n";
  }

  /// Lines that are indented by kBlockIndent; the first by no more.
  void AddLines(std::string_view key, std::string_view lines) {
    text_.append("  ").append(key).append(": |\n").append(lines);
  }

  /// One string: lines of it may begin with blanks, which a block would lose.
  void AddStderr(std::string_view tail) {
    std::string joined;
    for (const std::string& line : StderrLines(tail, kStderrLines)) {
      const std::string quoted = QuoteYaml(line);
      joined.append(joined.empty() ? "" : "\\n").append(quoted, 1, quoted.size() - 2);
    }
    if (!joined.empty()) text_ += "  stderr: \"" + joined + "\"\n";
  }

  std::string Finish() const { return "  ---\n" + text_ + "  ...\n"; }

 private:
  std::string text_;
};

void AddMistakes(const RunReport& report, const RunReport::Finding& finding, Diagnosis& diagnosis) {
  const std::string note = SecretNote(report, finding);
  diagnosis.Add("mistake", (note.empty() ? "" : note + ": ") + SentenceOf(finding.mistakes));
  diagnosis.Add("remedy", RemedyOf(finding.mistakes));
  diagnosis.Add("note", OnlyStageNote(finding));
  std::string others;
  for (const auto& mistakes : finding.alternatives) {
    others.append(others.empty() ? "" : "; or: ").append(SentenceOf(mistakes));
  }
  diagnosis.Add("or", others);
}

void AddFailure(const Failure& failure, Diagnosis& diagnosis) {
  diagnosis.Add("stage", Visible(failure.stage));
  const bool differs = failure.stage_number != 0;
  if (differs || !failure.expected.empty()) diagnosis.AddValue("expected", failure.expected);
  if (differs || !failure.actual.empty()) diagnosis.AddValue("actual", failure.actual);
  if (differs || !failure.expected_part.empty() || !failure.actual_part.empty()) {
    diagnosis.AddLines("difference", RenderValues(failure, kDifferenceStyle, kBlockIndent));
  }
  diagnosis.Add("hint", Printable(failure.hint));
  diagnosis.AddStderr(failure.stderr_tail);
}

/// The lines of a whole run under construction.
class TapWriter {
 public:
  explicit TapWriter(std::size_t test_count) {
    text_ = "TAP version 14\n1.." + std::to_string(test_count) + "\n";
  }

  /// `text` is printable.
  void AddComment(std::string_view text) { text_.append("# ").append(text) += '\n'; }

  /// `description` is printable; `directive` is empty, " # SKIP " or " # TODO ", with what comes
  /// after it in `reason`.
  void AddTest(bool ok, std::string_view description, std::string_view directive = {},
               std::string_view reason = {}) {
    text_ += ok ? "ok " : "not ok ";
    text_.append(std::to_string(++count_)).append(" - ").append(EscapeTap(description));
    text_.append(directive).append(EscapeTap(Printable(reason))) += '\n';
  }

  void AddDiagnosis(const Diagnosis& diagnosis) { text_ += diagnosis.Finish(); }

  void BailOut(std::string_view reason) { text_.append("Bail out! ").append(reason) += '\n'; }

  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

Diagnosis DiagnosisOf(const RunReport& report, const RunReport::CaseResult& result,
                      const Outcome& outcome, const RunReport::Subject* subject) {
  const RunReport::Case& c = report.cases[result.case_index];
  const Failure* failure = FailureOf(report, result);
  const RunReport::Finding* finding = FindingOf(report, result);
  Diagnosis diagnosis;
  diagnosis.Add("message", Printable(outcome.message));
  diagnosis.Add("severity", outcome.type);
  if (finding != nullptr) AddMistakes(report, *finding, diagnosis);
  diagnosis.AddPlace(PlaceOf(report, c));
  if (failure != nullptr) AddFailure(*failure, diagnosis);
  diagnosis.Add("repeat", RepeatCommand(report, result.case_index, subject, failure));
  return diagnosis;
}

void AddResult(const RunReport& report, const RunReport::CaseResult& result, TapWriter& tap) {
  const RunReport::Subject& subject = report.subjects[result.subject];
  const std::string description =
      Visible(subject.id) + " " + Visible(report.cases[result.case_index].id);
  if (result.verdict == Verdict::kPass) return tap.AddTest(true, description);
  const Outcome outcome = OutcomeOf(report, result);
  if (result.verdict == Verdict::kExpectedFail) {
    return tap.AddTest(false, description, " # TODO ", outcome.message);
  }
  if (outcome.kind == Outcome::Kind::kSkipped) {
    return tap.AddTest(true, description, " # SKIP ", outcome.message);
  }
  tap.AddTest(false, description);
  tap.AddDiagnosis(DiagnosisOf(report, result, outcome, &subject));
}

void AddSubject(const RunReport& report, const RunReport::Subject& subject,
                const std::vector<std::uint32_t>& results, TapWriter& tap) {
  if (!subject.unavailable_because.empty()) {
    const Outcome outcome = UnavailableOutcome(subject);
    return tap.AddTest(true, Visible(subject.id) + " available", " # SKIP ", outcome.message);
  }
  std::string library = subject.library.empty() ? "no version known" : Visible(subject.library);
  if (!subject.kernel.empty()) library += " (" + Visible(subject.kernel) + ")";
  tap.AddComment("subject " + Visible(subject.id) + ": " + library);
  for (const std::uint32_t index : results) AddResult(report, report.results[index], tap);
  for (const std::string& line : StderrLines(subject.stderr_tail, kStderrLines)) {
    tap.AddComment("stderr of " + Visible(subject.id) + ": " + line);
  }
}

void AddRun(const std::vector<RunOutcome>& outcomes, TapWriter& tap) {
  for (const RunOutcome& run : outcomes) {
    tap.AddTest(false, "sigvet " + Visible(run.name));
    Diagnosis diagnosis;
    diagnosis.Add("message", Printable(run.outcome.message));
    diagnosis.Add("severity", run.outcome.type);
    diagnosis.AddPlace(run.place);
    tap.AddDiagnosis(diagnosis);
  }
}

}  // namespace

std::string RenderTap(const RunReport& report) {
  std::vector<std::vector<std::uint32_t>> results(report.subjects.size());
  for (std::uint32_t i = 0; i < report.results.size(); ++i) {
    results[report.results[i].subject].push_back(i);
  }
  const std::vector<const RunReport::CaseResult*> disputed = DisputedResults(report);
  const std::vector<RunOutcome> run = RunOutcomes(report);
  const auto unavailable = static_cast<std::size_t>(std::ranges::count_if(
      report.subjects,
      [](const RunReport::Subject& subject) { return !subject.unavailable_because.empty(); }));
  TapWriter tap(report.results.size() + unavailable + disputed.size() + run.size());
  tap.AddComment("sigvet " + Printable(report.context.sigvet_version) + ", " +
                 Printable(report.context.started_at));
  for (std::size_t i = 0; i < report.subjects.size(); ++i) {
    AddSubject(report, report.subjects[i], results[i], tap);
  }
  for (const RunReport::CaseResult* result : disputed) {
    tap.AddTest(false, "disputed " + Visible(report.cases[result->case_index].id));
    tap.AddDiagnosis(DiagnosisOf(report, *result, DisputedOutcome(report, *result), nullptr));
  }
  AddRun(run, tap);
  if (report.context.interrupted) tap.BailOut("the run was interrupted");
  return tap.Take();
}

}  // namespace sigvet
