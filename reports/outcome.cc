#include "reports/outcome.h"

#include <cstddef>
#include <utility>

#include "base/utf8.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"
#include "reports/value_diff.h"

namespace sigvet {
namespace {

/// No value is broken into lines: those that DiffValues shows are shorter.
constexpr DiffStyle kDiffStyle = {.color = false, .width = 400, .indent = 0};

/// What is shown in a list of failures: the mistake rather than the stage, where it is known.
std::string Message(const Failure* failure, Verdict verdict,
                    const RunReport::Finding* finding = nullptr) {
  if (failure == nullptr)
    return verdict == Verdict::kSkip ? "not run" : std::string(ToString(verdict));
  std::string message = failure->reason;
  if (finding != nullptr) return message + ": " + SentenceOf(finding->mistakes);
  if (failure->stage_number != 0) {
    message += " (stage " + std::to_string(failure->stage_number) + " of " +
               std::to_string(failure->stage_count) + ")";
  }
  return message;
}

/// Lines that say which mistake was made.
std::string MistakeText(const RunReport& report, const RunReport::Finding& finding) {
  std::string note = SecretNote(report, finding);
  if (!note.empty()) note += ": ";
  std::string text;
  for (const RunReport::Mistake& mistake : finding.mistakes) {
    text += "mistake   " + std::exchange(note, "") + Printable(mistake.sentence) + "\n";
    if (!mistake.line.empty()) text += "algorithm " + Printable(mistake.line) + "\n";
    if (!mistake.remedy.empty()) text += "do        " + Printable(mistake.remedy) + "\n";
  }
  if (!finding.only_stage.empty()) text += "note      " + OnlyStageNote(finding) + "\n";
  for (const auto& mistakes : finding.alternatives) {
    text += "or        " + SentenceOf(mistakes) + "\n";
  }
  return text;
}

/// Some readers show the text alone, so it says all.
std::string FailureText(const RunReport& report, const RunReport::Case& c, Verdict verdict,
                        const Failure* failure, const RunReport::Finding* finding = nullptr) {
  std::string text;
  if (finding != nullptr) text += MistakeText(report, *finding);
  text += Printable(Message(failure, verdict)) + "\n";
  text += "case      " + Visible(c.id) + "\n";
  text += "place     " + Visible(ToString(PlaceOf(report, c))) + "\n";
  if (failure == nullptr) return text;
  if (!failure->stage.empty()) text += "stage     " + Visible(failure->stage) + "\n";
  if (!failure->hint.empty()) text += "hint      " + Printable(failure->hint) + "\n";
  if (!failure->expected_part.empty() || !failure->actual_part.empty()) {
    return text + DiffValues(failure->expected_part, failure->actual_part, kDiffStyle);
  }
  if (failure->stage_number != 0) {
    return text + DiffValues(failure->expected, failure->actual, kDiffStyle);
  }
  if (!failure->expected.empty()) text += ShowValue("expected", failure->expected, kDiffStyle);
  if (!failure->actual.empty()) text += ShowValue("actual", failure->actual, kDiffStyle);
  return text;
}

}  // namespace

Place PlaceOf(const RunReport& report, const RunReport::Case& c) {
  return {report.corpus.files[c.file], c.line, 0};
}

Outcome OutcomeOf(const RunReport& report, const RunReport::CaseResult& result) {
  const Failure* failure = FailureOf(report, result);
  const RunReport::Finding* finding = FindingOf(report, result);
  const RunReport::Case& c = report.cases[result.case_index];
  const auto failed = [&](Outcome::Kind kind) {
    return Outcome{kind, ToString(result.verdict), Message(failure, result.verdict, finding),
                   FailureText(report, c, result.verdict, failure, finding),
                   failure == nullptr ? std::string_view() : failure->stderr_tail};
  };
  using enum Outcome::Kind;
  switch (result.verdict) {
    case Verdict::kPass:
      return {};
    case Verdict::kFail:
    case Verdict::kUnexpectedPass:
      return failed(kFailure);
    case Verdict::kError:
      return failed(kError);
    case Verdict::kSkip:
      return {kSkipped, "", Message(failure, result.verdict), ""};
    case Verdict::kExpectedFail:
      return {kSkipped, "", "known failure: " + Message(failure, result.verdict, finding), ""};
    case Verdict::kDisputed:
      return {kSkipped, "", "disputed", ""};
  }
  return {};
}

std::vector<const RunReport::CaseResult*> DisputedResults(const RunReport& report) {
  std::vector<const RunReport::CaseResult*> disputed;
  for (const RunReport::CaseResult& result : report.results) {
    if (result.verdict != Verdict::kDisputed) continue;
    if (!disputed.empty() && disputed.back()->case_index == result.case_index) continue;
    disputed.push_back(&result);
  }
  return disputed;
}

Outcome DisputedOutcome(const RunReport& report, const RunReport::CaseResult& result) {
  const Failure* failure = FailureOf(report, result);
  const RunReport::Case& c = report.cases[result.case_index];
  const std::string message =
      "backends agree with each other but not with the case: either the expected value or "
      "this project's derivation is wrong: " +
      Message(failure, result.verdict);
  return {Outcome::Kind::kFailure, ToString(result.verdict), message,
          Printable(message) + "\n" + FailureText(report, c, result.verdict, failure)};
}

Outcome UnavailableOutcome(const RunReport::Subject& subject) {
  return {Outcome::Kind::kSkipped, "", "unavailable: " + subject.unavailable_because, ""};
}

std::vector<RunOutcome> RunOutcomes(const RunReport& report) {
  using enum Outcome::Kind;
  std::vector<RunOutcome> outcomes;
  for (std::size_t i = 0; i < report.problems.size(); ++i) {
    const Error& problem = report.problems[i];
    outcomes.push_back(
        {"problem " + std::to_string(i + 1) + ": " + problem.message,
         problem.place,
         {kFailure, "problem", ToString(problem), Printable(ToString(problem)) + "\n"}});
  }
  if (report.context.interrupted) {
    outcomes.push_back(
        {"run to the end", {}, {kError, "interrupted", "the run was interrupted", ""}});
  }
  if (report.results.empty()) {
    outcomes.push_back({"run a case", {}, {kError, "nothing-ran", "no case was run", ""}});
  }
  return outcomes;
}

}  // namespace sigvet
