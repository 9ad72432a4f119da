// Plays a port by a script of lines, a letter and what belongs to it, and checks that the harness's
// side of the conversation keeps its promises whatever the port does: it starts and sends only so
// much, only to a process that runs, and answers every case.
//
// The first line: how many cases, and `m` where there is a manifest. Then R (ready; its
// max_in_flight), A (a right answer; its id), E (an endless line), I and O (standard input and
// output are closed), X (exit; the code), K (killed), F (can't be started), T (time is over),
// ! (interrupt); any other line is one that the port writes.

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "base/utf8.h"
#include "harness/port/conversation.h"

namespace sigvet {
namespace {

constexpr std::size_t kMostCases = 60;

class ScriptedLink : public PortLink {
 public:
  void Start() override {
    Check(!runs_, "a process is started while one runs");
    runs_ = is_open_ = is_fresh_ = true;
    // Once more for each restart, where a case is found to kill it alone.
    Check(++starts_ <= 1 + 2 * kMaxRestarts, "it is started too often");
  }
  void Send(std::string line) override {
    Check(runs_ && is_open_, "something is sent to nobody");
    Check(line.ends_with('\n') && line.find('\n') + 1 == line.size() && IsUtf8(line),
          "what is sent is not a line");
    ++sends_;
  }
  void CloseInput() override {
    Check(runs_ && is_open_, "what is closed is not open");
    is_open_ = false;
  }
  bool HasExited() const override { return false; }
  void End() override {
    Check(runs_, "a process is ended where none runs");
    is_open_ = false;
  }
  void SetTimer(std::chrono::milliseconds delay) override {
    Check(runs_ && delay.count() > 0, "a timer for nothing");
    has_timer_ = true;
  }
  void StopTimer() override { has_timer_ = false; }

  /// The process is gone.
  void Forget() { runs_ = false; }
  void ForgetTimer() { has_timer_ = false; }
  /// It has written something.
  void Wrote() { is_fresh_ = false; }

  bool runs() const { return runs_; }
  bool is_fresh() const { return is_fresh_; }
  bool has_timer() const { return has_timer_; }
  std::size_t sends() const { return sends_; }

 private:
  bool runs_ = false;
  bool is_open_ = false;
  bool is_fresh_ = false;
  bool has_timer_ = false;
  unsigned starts_ = 0;
  std::size_t sends_ = 0;
};

std::size_t NumberIn(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string_view TakeLine(std::string_view& script) {
  const std::size_t end = script.find('\n');
  const std::string_view line = script.substr(0, end);
  script.remove_prefix(end == script.npos ? script.size() : end + 1);
  return line;
}

std::string ReadyLine(std::string_view window) {
  return R"({"type":"ready","protocol":1,"ops":["sha256"],"max_in_flight":)" + std::string(window) +
         "}";
}

std::string AnswerLine(std::string_view id) {
  return R"({"type":"answer","id":")" + std::string(id) + R"(","output":{"digest":"00"}})";
}

void Exit(Conversation& conversation, ScriptedLink& link, const ExitStatus& status,
          std::string_view unfinished) {
  if (!link.runs()) return;
  link.Forget();
  conversation.OnExit(status, "stderr", unfinished);
}

void PlayLine(Conversation& conversation, ScriptedLink& link, std::string_view line) {
  const char command = line.empty() ? ' ' : line.front();
  const std::string_view rest = line.substr(line.empty() ? 0 : 1);
  if (command == 'X') return Exit(conversation, link, {static_cast<int>(NumberIn(rest)), 0}, rest);
  if (command == 'K') return Exit(conversation, link, {0, 9}, rest);
  if (command == '!') return conversation.Interrupt();
  if (command == 'I') return conversation.OnInputClosed();
  if (command == 'O') return conversation.OnOutputClosed();
  if (command == 'T') {
    if (!link.has_timer()) return;
    link.ForgetTimer();
    return conversation.OnTimeout();
  }
  if (command == 'F') {
    if (!link.runs() || !link.is_fresh()) return;
    link.Forget();
    return conversation.OnStartFailed({"not there"});
  }
  link.Wrote();
  if (command == 'E') return conversation.OnEndlessLine(rest);
  if (command == 'R') return conversation.OnLine(ReadyLine(rest));
  if (command == 'A') return conversation.OnLine(AnswerLine(rest));
  conversation.OnLine(line);
}

void CheckAnswers(const std::vector<std::vector<Answer>>& answers,
                  const Conversation::Outcome& outcome) {
  for (const std::vector<Answer>& all : answers) {
    Check(!all.empty(), "a case has no answer");
    for (const Answer& answer : all) {
      Check(Printable(answer.detail) == answer.detail && Printable(answer.hint) == answer.hint,
            "what a terminal would act on");
      Check(&answer == &all.front() || answer.kind == Answer::Kind::kProtocolError,
            "only an answer twice is told of a case that has been answered");
    }
    Check(all.back().kind != Answer::Kind::kNotRun || !outcome.gave_up.message.empty(),
          "a case was not run for no reason");
  }
  Check(Printable(ToString(outcome.gave_up)) == ToString(outcome.gave_up),
        "what a terminal would act on");
}

void Play(std::string_view script) {
  const std::string_view setting = TakeLine(script);
  std::vector<Case> cases(std::min(NumberIn(setting), kMostCases));
  std::vector<const Case*> pointers;
  for (Case& c : cases) {
    c.operation = FindOperation(pointers.size() % 8 == 7 ? "base64-encode" : "sha256");
    c.inputs = {"\xffmessage\n"};
    pointers.push_back(&c);
  }
  PortManifest manifest;
  if (setting.ends_with('m')) {
    manifest.file = "port.yaml";
    manifest.operations = {FindOperation("sha256")};
  }
  std::vector<std::vector<Answer>> answers(cases.size());
  ScriptedLink link;
  Conversation conversation(
      manifest, pointers,
      [&](std::size_t number, Answer answer) { answers.at(number).push_back(std::move(answer)); },
      link);
  conversation.Begin();
  while (!script.empty()) PlayLine(conversation, link, TakeLine(script));
  conversation.Interrupt();
  Exit(conversation, link, {0, 15}, "");
  Check(conversation.is_done() && !link.runs(), "it goes on after it was interrupted");
  Check(link.sends() <= 1 + kMaxRestarts + cases.size() + kMaxInFlight, "too much is sent");
  CheckAnswers(answers, conversation.outcome());
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sigvet::Play(sigvet::AsText({data, size}));
  return 0;
}
