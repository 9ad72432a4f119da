#include "harness/port/check_port.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.h"

namespace sigvet {
namespace {

using State = PortCheckStep::State;

/// "python 3.11 (Python, hashlib)"
std::string Describe(const PortReady& ready) {
  std::string text = ready.name;
  if (!ready.version.empty()) text += (text.empty() ? "" : " ") + ready.version;
  std::string more = ready.language;
  if (!ready.crypto.empty()) more += (more.empty() ? "" : ", ") + ready.crypto;
  if (!more.empty()) text += (text.empty() ? "" : " ") + ("(" + more + ")");
  return Visible(text);
}

std::size_t StageCount(const Case& c) {
  return static_cast<std::size_t>(std::ranges::count_if(
      c.operation->stages, [&](const FieldSpec& stage) { return c.Uses(stage); }));
}

/// "answers ses-smtp-password, version 4"
std::string WhatIsAnswered(const Case& c) {
  std::string what = "answers " + std::string(c.operation->name);
  if (!c.operation->versions.empty()) what += ", version " + std::to_string(c.Integer("version"));
  return what;
}

PortCheckStep OutputStep(PortCheckStep step, const std::vector<StageValue>& given, std::size_t all,
                         bool is_exec) {
  step.state = State::kGood;
  if (is_exec) {
    step.detail = "its output, " + std::to_string(given.back().value.size()) +
                  " bytes, is taken as the " + std::string(given.back().stage->name);
  } else if (given.size() < all) {
    step.state = State::kNote;
    step.detail = "only " + std::to_string(given.size()) + " of " + std::to_string(all) + " stages";
    step.hint = "give the others too, and the first wrong one is named";
  } else {
    step.detail = "well-formed, with every stage";
  }
  return step;
}

PortCheckStep StepOf(const Case& c, Answer answer, bool is_exec) {
  PortCheckStep step = {State::kBad, WhatIsAnswered(c)};
  switch (answer.kind) {
    case Answer::Kind::kOutput:
      return OutputStep(std::move(step), answer.stages, StageCount(c), is_exec);
    case Answer::Kind::kRefused:
      step.state = c.requirement == Requirement::kCompute ? State::kNote : State::kGood;
      step.detail = step.state == State::kNote ? "refuses an ordinary case: " : "refuses it: ";
      step.detail += answer.detail;
      return step;
    case Answer::Kind::kUnsupported:
      step.state = State::kNote;
      step.detail = "says that it is unsupported: " + answer.detail;
      return step;
    default:
      step.detail = std::move(answer.detail);
      step.hint = std::move(answer.hint);
      step.stderr_tail = std::move(answer.stderr_tail);
      return step;
  }
}

bool Answers(const PortCheckStep& step) { return step.state != State::kBad; }

/// That no case was there to be asked, and why.
PortCheckStep NothingAsked(const PortCheck& check, std::span<const Case* const> sample,
                           std::span<const std::optional<Answer>> answers) {
  PortCheckStep step = {State::kBad, "is asked nothing", "no case of what it does is selected"};
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const std::optional<Answer>& answer = answers[i];
    if (!answer || answer->kind != Answer::Kind::kLeftOut) continue;
    if (std::ranges::count(check.operations, sample[i]->operation) == 0) continue;
    step.detail = "every selected case is left out, as " + sample[i]->id + ": " + answer->detail;
    break;
  }
  return step;
}

/// How a jsonl port greeted; nothing of an exec port, which does not.
void AddGreeting(const Conversation::Outcome& outcome, PortCheck& check) {
  if (!outcome.ready) {
    check.steps.push_back({State::kBad, "greets", outcome.gave_up.message, outcome.gave_up.hint,
                           outcome.stderr_tail});
    return;
  }
  const PortReady& ready = *outcome.ready;
  check.operations = ready.operations;
  const std::string name = Describe(ready);
  PortCheckStep step = {State::kGood, "greets", name};
  if (name.empty()) {
    step = {State::kNote, "greets", "without a name",
            R"(say who answers: "port":{"name":"mine","version":"1.0"})"};
  }
  check.steps.push_back(std::move(step));
  for (const std::string& unknown : ready.unknown_operations) {
    check.steps.push_back({State::kNote, "declares " + Visible(unknown),
                           "no operation that sigvet knows", "docs/port-protocol.md lists them"});
  }
  if (ready.operations.empty()) {
    check.steps.push_back({State::kBad, "declares no operation", "",
                           R"(say what it does: "ops":["ses-smtp-password"])"});
  }
}

}  // namespace

PortCheck CheckPort(const Port& port, std::span<const Case* const> sample,
                    const std::atomic<bool>* interrupted) {
  std::vector<std::optional<Answer>> answers(sample.size());
  const PortTask task = {&port, sample, [&](std::size_t number, Answer answer) {
                           answers[number] = std::move(answer);
                         }};
  const std::vector<Conversation::Outcome> outcomes =
      RunPorts({&task, 1}, {.jobs = 1, .interrupted = interrupted});
  const Conversation::Outcome& outcome = outcomes.front();

  PortCheck check;
  const bool is_exec = port.manifest.mode == PortManifest::Mode::kExec;
  if (is_exec) {
    check.operations = port.manifest.operations;
  } else {
    AddGreeting(outcome, check);
    if (!outcome.ready) return check;
  }
  bool is_asked = false;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    std::optional<Answer>& answer = answers[i];
    if (!answer) continue;
    if (std::ranges::count(check.operations, sample[i]->operation) == 0) continue;
    // What it can't be asked says nothing about how it speaks.
    if (answer->kind == Answer::Kind::kLeftOut) continue;
    is_asked = true;
    check.steps.push_back(StepOf(*sample[i], std::move(*answer), is_exec));
    check.can_run = check.can_run || Answers(check.steps.back());
    if (check.steps.back().state == State::kBad && check.steps.back().stderr_tail.empty()) {
      check.steps.back().stderr_tail = outcome.stderr_tail;
    }
  }
  const bool was_interrupted = interrupted != nullptr && *interrupted;
  if (!is_asked && !was_interrupted && !check.operations.empty()) {
    check.steps.push_back(NothingAsked(check, sample, answers));
  }
  if (!outcome.died.message.empty()) {
    check.steps.push_back(
        {State::kBad, "goes on", outcome.died.message, outcome.died.hint, outcome.stderr_tail});
  }
  if (outcome.wrote_crlf) {
    check.steps.push_back({State::kNote, "ends its lines with CRLF", "sigvet accepts that"});
  }
  if (!outcome.ended_by_itself) {
    check.steps.push_back({State::kNote, "does not end when its standard input closes", "",
                           "leave the loop at the end of the input, or the process is killed"});
  }
  return check;
}

}  // namespace sigvet
