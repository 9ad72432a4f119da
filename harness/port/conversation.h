#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/corpus/case.h"
#include "harness/port/port_manifest.h"
#include "harness/port/port_message.h"
#include "harness/port/process.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// The process that a conversation is held with, as it needs it. A test has a false one.
class PortLink {
 public:
  PortLink() = default;
  virtual ~PortLink() = default;
  PortLink(const PortLink&) = delete;
  PortLink& operator=(const PortLink&) = delete;

  /// Starts a fresh process; only where none runs. OnStartFailed follows where that is impossible.
  virtual void Start() = 0;
  virtual void Send(std::string line) = 0;
  virtual void CloseInput() = 0;
  /// Ends the process; OnExit follows.
  virtual void End() = 0;
  /// Whether it has ended already, and OnExit is to come.
  virtual bool HasExited() const = 0;
  /// OnTimeout once after `delay`, in place of an earlier one that is still to come.
  virtual void SetTimer(std::chrono::milliseconds delay) = 0;
  virtual void StopTimer() = 0;
};

/// What a case gets that an interrupted run did not come to.
inline constexpr const char* kRunInterrupted = "the run was interrupted";
/// How often a port that died or hung is started again.
inline constexpr unsigned kMaxRestarts = 5;
/// How many lines that are no answers a port may write before it is given up.
inline constexpr unsigned kMaxProtocolErrors = 20;
/// How long a port has to end once its standard input is closed.
inline constexpr std::chrono::milliseconds kEndGrace{2000};

/// The harness's side of the protocol with one jsonl port, over all of its cases. Knows neither
/// processes nor clocks: it is told what happened and tells its link what to do.
///
/// Cases are sent in their order, as many at once as the port allows. Once the port has died or
/// hung, or written what is no answer, with several cases pending, these are sent again to a fresh
/// process, and from then on every case is sent alone, so that the one that is to blame is known.
class Conversation {
 public:
  struct Outcome {
    /// What the port said of itself; absent where it never started.
    std::optional<PortReady> ready = {};
    /// Why cases were not run, as a whole; no message where all ran.
    Error gave_up = {};
    /// That it died while cases were pending, none of which kills it alone; no message where it did
    /// not.
    Error died = {};
    /// The end of what its last process wrote to standard error.
    std::string stderr_tail = {};
    /// It ended lines with CRLF.
    bool wrote_crlf = false;
    /// False where it had to be ended although all was answered and its standard input closed.
    bool ended_by_itself = true;
  };

  /// `answer` gets every case's answer by its number; called again with the same number, the later
  /// answer counts: a port that answers twice is found out afterwards. All of `manifest`, `cases`
  /// and `link` must outlive this. A port without a manifest file (check-port) does what it says
  /// that it does.
  Conversation(const PortManifest& manifest, std::span<const Case* const> cases,
               std::function<void(std::size_t, Answer)> answer, PortLink& link);
  ~Conversation();

  /// Begins: starts the first process. Nothing is started where the port does none of the cases.
  void Begin();

  void OnStartFailed(const Error& error);
  /// A line of its standard output, without its line break.
  void OnLine(std::string_view line);
  /// A line that is longer than kMaxLineBytes, with its first bytes.
  void OnEndlessLine(std::string_view begin);
  void OnInputClosed();
  void OnOutputClosed();
  /// `unfinished` is what stood after the last line break of its standard output.
  void OnExit(const ExitStatus& status, std::string stderr_tail, std::string_view unfinished);
  void OnTimeout();
  /// Ends the process and gives up what is not answered yet.
  void Interrupt();

  /// Whether all is said and no process runs.
  bool is_done() const;
  const Outcome& outcome() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sigvet
