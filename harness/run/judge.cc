#include "harness/run/judge.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"
#include "harness/run/value_difference.h"

namespace sigvet {
namespace {

Judgement Fail(Failure failure) { return {Verdict::kFail, std::move(failure)}; }

Failure StageFailure(const Case& c, const StageValue& expected, const std::string* actual,
                     ValueDifference difference) {
  Failure failure = FailureInStage(c, *expected.stage);
  failure.reason = (actual != nullptr ? "wrong " : "missing ") + failure.stage;
  if (!difference.part.empty()) failure.reason += ": " + difference.part;
  failure.expected = expected.value;
  if (actual != nullptr) failure.actual = KeptValue(*actual, expected.value);
  failure.expected_part = std::move(difference.expected);
  failure.actual_part = std::move(difference.actual);
  return failure;
}

/// Whose signature it is that the answer has, where the case is contested and that was observed.
std::string WhoseSignature(const Case& c, const std::vector<StageValue>& stages) {
  if (!c.IsContested()) return "";
  const std::string* const signature = FindStage(stages, SignatureStage(*c.operation));
  if (signature == nullptr) return "";
  for (const Provenance::Observation& observation : c.provenance->observed) {
    if (observation.signature != *signature) continue;
    std::string names;
    for (const std::string& name : observation.by) names += (names.empty() ? "" : ", ") + name;
    return "; the signature is that of " + names;
  }
  return "; nobody was observed to give its signature";
}

Judgement JudgeOutput(const Case& c, const std::vector<StageValue>& stages) {
  if (c.requirement == Requirement::kRefuse) {
    Failure failure;
    failure.reason = "computed what must be refused: " + c.refusal;
    if (!stages.empty()) {
      failure.stage = stages.back().stage->name;
      failure.actual = KeptValue(stages.back().value, "");
    }
    return Fail(std::move(failure));
  }
  Check(!c.expected.empty(), "a case that must be computed expects nothing");
  for (const StageValue& expected : c.expected) {
    const std::string* actual = FindStage(stages, expected.stage);
    const bool is_last = &expected == &c.expected.back();
    if (actual == nullptr && !is_last) continue;
    std::optional<ValueDifference> difference = ValueDifference();
    if (actual != nullptr) {
      difference = FindDifference(expected.stage->type, expected.value, *actual);
    }
    if (!difference) continue;
    Failure failure = StageFailure(c, expected, actual, *std::move(difference));
    failure.reason += WhoseSignature(c, stages);
    return Fail(std::move(failure));
  }
  return {};
}

Judgement NoAnswer(std::string_view what, const Answer& answer) {
  Failure failure;
  failure.reason = std::string(what) + answer.detail;
  failure.hint = answer.hint;
  failure.stderr_tail = answer.stderr_tail;
  return {Verdict::kError, std::move(failure)};
}

}  // namespace

Judgement Judge(const Case& c, const Answer& answer) {
  switch (answer.kind) {
    case Answer::Kind::kOutput: {
      Judgement judgement = JudgeOutput(c, answer.stages);
      if (judgement.failure) judgement.failure->hint = answer.hint;
      return judgement;
    }
    case Answer::Kind::kRefused:
      if (c.requirement != Requirement::kCompute) return {};
      return Fail({.reason = "refused what must be computed: " + answer.detail});
    case Answer::Kind::kUnsupported:
      return {Verdict::kSkip, Failure{.reason = "unsupported: " + answer.detail}};
    case Answer::Kind::kError:
      return NoAnswer("", answer);
    case Answer::Kind::kCrash:
      return NoAnswer("crash: ", answer);
    case Answer::Kind::kTimeout:
      return NoAnswer("timeout: ", answer);
    case Answer::Kind::kProtocolError:
      return NoAnswer("protocol error: ", answer);
    case Answer::Kind::kLeftOut:
      return {Verdict::kSkip, Failure{.reason = std::string(kLeftOutReason) + answer.detail}};
    case Answer::Kind::kNotRun:
      return {Verdict::kSkip, Failure{.reason = "not run: " + answer.detail}};
  }
  Fatal("an answer of a kind that does not exist");
}

std::string KeptValue(const std::string& actual, const std::string& expected) {
  constexpr std::size_t kMoreThanExpected = std::size_t{64} << 10;
  return actual.substr(0, 2 * expected.size() + kMoreThanExpected);
}

const std::string* FindStage(const std::vector<StageValue>& stages, const FieldSpec* stage) {
  const auto found = std::ranges::find(stages, stage, &StageValue::stage);
  return found == stages.end() ? nullptr : &found->value;
}

Failure FailureInStage(const Case& c, const FieldSpec& stage) {
  Failure failure;
  failure.stage = stage.name;
  for (const FieldSpec& other : c.operation->stages) {
    if (!c.Uses(other)) continue;
    ++failure.stage_count;
    if (&other == &stage) failure.stage_number = failure.stage_count;
  }
  return failure;
}

}  // namespace sigvet
