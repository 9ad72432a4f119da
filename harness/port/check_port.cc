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

/// "answers ses-smtp-password, version 4,"
std::string WhatIsAnswered(const Case& c) {
  std::string what = "answers " + std::string(c.operation->name);
  if (!c.operation->versions.empty()) {
    what += ", version " + std::to_string(c.Integer("version")) + ",";
  }
  return what;
}

PortCheckStep StepOf(const Case& c, Answer answer, bool is_exec) {
  PortCheckStep step = {State::kBad, WhatIsAnswered(c)};
  switch (answer.kind) {
    case Answer::Kind::kOutput: {
      const std::size_t all = StageCount(c);
      step.state = State::kGood;
      step.detail = answer.stages.size() == all ? "with every stage" : "";
      if (answer.stages.empty()) {
        step.state = State::kBad;
        step.detail = "with none of the operation's stages";
        step.hint =
            "the output's last stage is required: " + std::string(c.operation->stages.back().name);
      } else if (is_exec) {
        step.detail = "with its last stage, the " + std::string(answer.stages.back().stage->name);
      } else if (answer.stages.size() < all) {
        step.state = State::kNote;
        step.detail = "with " + std::to_string(answer.stages.size()) + " of " +
                      std::to_string(all) + " stages";
        step.hint = "give the others too, and the first wrong one is named";
      }
      return step;
    }
    case Answer::Kind::kRefused:
      step.state = State::kNote;
      step.detail = "by refusing an ordinary case: " + answer.detail;
      return step;
    case Answer::Kind::kUnsupported:
      step.state = State::kNote;
      step.detail = "that it is unsupported: " + answer.detail;
      return step;
    default:
      step.detail = std::move(answer.detail);
      step.hint = std::move(answer.hint);
      step.stderr_tail = std::move(answer.stderr_tail);
      return step;
  }
}

bool Answers(const PortCheckStep& step) { return step.state != State::kBad; }

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
  PortCheckStep step = {State::kGood, "greets", "as " + name};
  if (name.empty()) {
    step = {State::kNote, "greets", "without a name",
            R"(say who answers: "port":{"name":"mine","version":"1.0"})"};
  }
  check.steps.push_back(std::move(step));
  for (const std::string& unknown : ready.unknown_operations) {
    check.steps.push_back({State::kNote, "declares " + Visible(unknown),
                           "which is no operation that sigvet knows",
                           "docs/port-protocol.md lists them"});
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
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (!answers[i]) continue;
    if (std::ranges::count(check.operations, sample[i]->operation) == 0) continue;
    // What an exec port can't be asked says nothing about how it speaks.
    if (is_exec && answers[i]->kind == Answer::Kind::kUnsupported) continue;
    check.steps.push_back(StepOf(*sample[i], *std::move(answers[i]), is_exec));
    check.can_run = check.can_run || Answers(check.steps.back());
    if (check.steps.back().state == State::kBad && check.steps.back().stderr_tail.empty()) {
      check.steps.back().stderr_tail = outcome.stderr_tail;
    }
  }
  if (!outcome.ended_by_itself) {
    check.steps.push_back({State::kNote, "does not end when its standard input closes", "",
                           "leave the loop at the end of the input, or the process is killed"});
  }
  return check;
}

}  // namespace sigvet
