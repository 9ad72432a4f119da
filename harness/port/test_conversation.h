#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/port/conversation.h"

namespace sigvet {

/// Writes down what a conversation does to its process: "start", "hello", "case 1", "close", "end",
/// and the timer that runs.
class FakeLink : public PortLink {
 public:
  void Start() override { log.emplace_back("start"); }
  void Send(std::string line) override;
  void CloseInput() override { log.emplace_back("close"); }
  void End() override { log.emplace_back("end"); }
  bool HasExited() const override { return has_exited; }
  void SetTimer(std::chrono::milliseconds delay) override { timer = delay; }
  void StopTimer() override { timer = {}; }

  /// Takes what was done since the last call, with blanks between.
  std::string Take();

  std::vector<std::string> log;
  bool has_exited = false;
  /// 0 where none runs.
  std::chrono::milliseconds timer{0};
};

/// A conversation about cases of sha256, with a port that a manifest says does that.
class Talk {
 public:
  explicit Talk(std::size_t case_count,
                const std::vector<std::string_view>& operations = {"sha256"});

  /// Begins, and is ready with this in `max_in_flight`.
  void BeginReady(unsigned window = 1);
  /// The process that runs says that it is ready.
  void Ready(unsigned window = 1, std::string_view operations = R"("sha256")");
  void Answer(std::size_t id);
  void Exit(ExitStatus status, std::string_view unfinished = "");

  /// The kinds of the last answers to all cases, a letter each: Output, Refused, Unsupported,
  /// Error, Crash, Timeout, Protocol error, Left out, Not run, or `-` where there is none.
  std::string Kinds() const;
  const sigvet::Answer& Last(std::size_t number) const { return answers.at(number).back(); }

  PortManifest manifest;
  std::vector<Case> cases;
  std::vector<const Case*> pointers;
  FakeLink link;
  std::map<std::size_t, std::vector<sigvet::Answer>> answers;
  std::unique_ptr<Conversation> conversation;
};

/// A line that answers a case of sha256.
std::string AnswerLine(std::size_t id);

}  // namespace sigvet
