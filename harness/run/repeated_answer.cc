#include "harness/run/repeated_answer.h"

#include <algorithm>
#include <string_view>

#include "base/check.h"
#include "harness/run/judge.h"

namespace sigvet {
namespace {

/// FNV-1a: it only has to tell a port's long answers apart.
std::uint64_t Hash(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
  }
  return hash;
}

/// The bit of `stage` in RepeatedAnswer::as_expected_.
std::uint32_t BitOf(const Case& c, const FieldSpec& stage) {
  const auto number = static_cast<std::size_t>(&stage - c.operation->stages.data());
  Check(number < 32, "an operation of more than 32 stages");
  return std::uint32_t{1} << number;
}

std::string_view NounFor(Answer::Kind kind) {
  switch (kind) {
    case Answer::Kind::kOutput:
      return "an output";
    case Answer::Kind::kRefused:
      return "a refusal";
    case Answer::Kind::kUnsupported:
      return "\"unsupported\"";
    case Answer::Kind::kError:
      return "an error";
    case Answer::Kind::kCrash:
      return "a crash";
    case Answer::Kind::kTimeout:
      return "a timeout";
    case Answer::Kind::kProtocolError:
      return "a protocol error";
    case Answer::Kind::kLeftOut:
    case Answer::Kind::kNotRun:
      break;
  }
  Fatal("an answer of a kind that can't be compared");
}

}  // namespace

void RepeatedAnswer::Record(const Case& c, unsigned round, const Answer& answer) {
  if (round == 0) {
    SetFirst(c, answer);
    return;
  }
  if (round == last_round_) {
    --answers_;
    if (last_differs_ && --differing_ == 0) difference_.reset();
    last_round_ = 0;
  }
  if (first_kind_ == Answer::Kind::kNotRun || answer.kind == Answer::Kind::kNotRun) return;
  last_round_ = round;
  ++answers_;
  std::unique_ptr<Failure> difference = Compare(c, answer);
  last_differs_ = difference != nullptr;
  if (!last_differs_) return;
  ++differing_;
  if (difference_ == nullptr) difference_ = std::move(difference);
}

void RepeatedAnswer::SetFirst(const Case& c, const Answer& answer) {
  answers_ = answer.kind == Answer::Kind::kNotRun ? 0 : 1;
  first_kind_ = answer.kind;
  as_expected_ = 0;
  others_.clear();
  if (answer.kind != Answer::Kind::kOutput) return;
  for (const StageValue& stage : answer.stages) {
    const std::string* expected = FindStage(c.expected, stage.stage);
    if (expected != nullptr && *expected == stage.value) {
      as_expected_ |= BitOf(c, *stage.stage);
    } else {
      others_.push_back({stage.stage, stage.value.substr(0, kMaxKeptValue), Hash(stage.value)});
    }
  }
}

std::unique_ptr<Failure> RepeatedAnswer::Compare(const Case& c, const Answer& answer) const {
  if (answer.kind != first_kind_) {
    auto failure = std::make_unique<Failure>();
    failure->reason.append(": ").append(NounFor(answer.kind));
    if (!answer.detail.empty()) failure->reason += " (" + answer.detail + ")";
    failure->reason.append(", not ").append(NounFor(first_kind_));
    failure->hint = answer.hint;
    failure->stderr_tail = answer.stderr_tail;
    return failure;
  }
  if (answer.kind != Answer::Kind::kOutput) return nullptr;
  for (const FieldSpec& stage : c.operation->stages) {
    auto failure = CompareStage(c, stage, FindStage(answer.stages, &stage));
    if (failure != nullptr) return failure;
  }
  return nullptr;
}

std::unique_ptr<Failure> RepeatedAnswer::CompareStage(const Case& c, const FieldSpec& stage,
                                                      const std::string* value) const {
  const std::string* first = nullptr;
  if ((as_expected_ & BitOf(c, stage)) != 0) first = FindStage(c.expected, &stage);
  const auto other = std::ranges::find(others_, &stage, &Stage::stage);
  if (other != others_.end()) first = &other->begin;
  if (first == nullptr && value == nullptr) return nullptr;
  auto failure = std::make_unique<Failure>(FailureInStage(c, stage));
  if (first == nullptr || value == nullptr) {
    failure->reason = first == nullptr ? ": the first has no " : ": it has no ";
    failure->reason += failure->stage;
  }
  if (first != nullptr) failure->expected = *first;
  if (value != nullptr) failure->actual = KeptValue(*value, failure->expected);
  if (first == nullptr || value == nullptr) return failure;
  const bool same = other != others_.end() ? other->hash == Hash(*value) : *first == *value;
  if (same) return nullptr;
  if (other != others_.end() && other->begin.size() == kMaxKeptValue) {
    failure->actual.resize(std::min(failure->actual.size(), kMaxKeptValue));
    if (failure->actual == failure->expected) {
      failure->reason = ": " + failure->stage + " differs after its first " +
                        std::to_string(kMaxKeptValue) + " bytes";
    }
  }
  return failure;
}

Failure RepeatedAnswer::ToFailure() const {
  Check(difference_ != nullptr, "an answer that is not flaky");
  Failure failure = *difference_;
  failure.reason = "flaky: " + std::to_string(differing_) + " of " + std::to_string(answers_) +
                   " answers " + (differing_ == 1 ? "differs" : "differ") + " from the first" +
                   failure.reason;
  return failure;
}

}  // namespace sigvet
