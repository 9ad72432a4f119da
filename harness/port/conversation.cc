#include "harness/port/conversation.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <variant>

#include "harness/port/case_queue.h"
#include "harness/port/ending.h"

namespace sigvet {
namespace {

/// A port that ends closes its pipes a moment before: how it ended says more than that.
constexpr std::chrono::milliseconds kCloseGrace{1000};

}  // namespace

struct Conversation::State {
  enum class Phase : std::uint8_t {
    kIdle,      ///< not begun
    kStarting,  ///< greeted; "ready" is to come
    kAsking,
    kClosing,  ///< all is answered and its standard input closed
    kEnding,   ///< asked to end
    kDone,
  };

  State(const PortManifest& the_manifest, std::span<const Case* const> the_cases,
        std::function<void(std::size_t, Answer)> on_answer, PortLink& the_link)
      : manifest(the_manifest),
        cases(the_cases),
        answer(std::move(on_answer)),
        link(the_link),
        queue(cases.size()) {}

  void StartProcess();
  void TakeReady(std::string_view line);
  void TakeAnswer(std::string_view line);
  void AcceptAnswer(const CaseQueue::Sent& to, PortAnswer answered);
  void TakeBadLine(std::string_view line, const LineError& error);
  void CountBadLine(const std::string& what);
  void OnClosed(std::string_view what);
  void Advance();
  void EndBecause(Ending why);
  void EndProcess();
  void Settle(std::string stderr_tail, std::string_view unfinished);
  void CountDoubts(bool is_doubtful, bool is_explained, const std::string& why);
  void GiveUp(const Error& why);
  void SkipOthers(const PortManifest& described);

  unsigned Window() const {
    return one_by_one || !outcome.ready ? 1 : outcome.ready->max_in_flight;
  }
  bool HasManifest() const { return !manifest.file.empty(); }
  bool IsUsed() const { return phase == Phase::kStarting || phase == Phase::kAsking; }

  const PortManifest& manifest;
  std::span<const Case* const> cases;
  std::function<void(std::size_t, Answer)> answer;
  PortLink& link;
  Outcome outcome;

  Phase phase = Phase::kIdle;
  CaseQueue queue;
  /// Set once it could not be told which of several cases is to blame.
  bool one_by_one = false;
  /// Nothing more is to be started.
  bool gave_up = false;
  unsigned restarts = 0;
  /// The process before this one died, and it was not told of which case: it is asked that one now,
  /// alone.
  bool was_doubtful = false;
  /// Deaths of which no case was told.
  unsigned unexplained = 0;
  unsigned bad_lines = 0;

  // Of the process that runs.
  PortProgress progress;
  /// Why it is being ended.
  std::optional<Ending> ending;
};

void Conversation::State::StartProcess() {
  progress = {};
  ending.reset();
  phase = Phase::kStarting;
  link.Start();
  if (phase != Phase::kStarting) return;  // it could not be started
  link.SetTimer(manifest.limits.start);
  link.Send(HelloLine());
}

void Conversation::State::TakeReady(std::string_view line) {
  Result<PortReady> ready = ReadReadyLine(line);
  if (!ready) {
    Error error = ready.error();
    if (!line.empty()) error.message += ": " + ShownLine(line);
    return EndBecause({Answer::Kind::kProtocolError, std::move(error)});
  }
  if (!progress.closed.empty()) return EndBecause(ClosedPipe(progress));
  if (HasManifest()) {
    Error error = CompareOperations(manifest, *ready);
    if (!error.message.empty()) {
      return EndBecause({Answer::Kind::kProtocolError, std::move(error)});
    }
  } else {
    PortManifest described;
    described.operations = ready->operations;
    SkipOthers(described);
  }
  outcome.ready = *std::move(ready);
  progress.is_ready = true;
  phase = Phase::kAsking;
  link.StopTimer();
  Advance();
}

void Conversation::State::TakeAnswer(std::string_view line) {
  std::variant<PortAnswer, LineError> read = ReadAnswerLine(line);
  const std::string id = std::visit([](const auto& either) { return either.id; }, read);
  const std::optional<CaseQueue::Sent> to = queue.Find(id);
  if (to && std::holds_alternative<PortAnswer>(read)) progress.babbles = false;
  if (to && to->state == CaseQueue::State::kBlamed) {
    queue.Mark(to->id, CaseQueue::State::kAnswered);  // late, and of no use any more
  } else if (to && to->state == CaseQueue::State::kAnswered) {
    Answer blame = ProtocolError("answered twice", "one answer a case", line);
    const std::string what = blame.detail;
    answer(to->number, std::move(blame));
    CountBadLine(what);
  } else if (const auto* const error = std::get_if<LineError>(&read)) {
    TakeBadLine(line, *error);
  } else if (!to) {
    TakeBadLine(line, {{"an answer with an id that it was not sent",
                        {},
                        "an answer has the id of its case, as it came"}});
  } else {
    AcceptAnswer(*to, std::get<PortAnswer>(std::move(read)));
  }
  if (phase == Phase::kAsking) Advance();
}

void Conversation::State::AcceptAnswer(const CaseQueue::Sent& to, PortAnswer answered) {
  Answer made = ToAnswer(*cases[to.number], std::move(answered));
  const bool is_bad = made.kind == Answer::Kind::kProtocolError;
  const std::string what = is_bad ? made.detail : "";
  queue.Mark(to.id, CaseQueue::State::kAnswered);
  if (queue.pending() > 0 && progress.closed.empty()) link.SetTimer(manifest.limits.answer);
  answer(to.number, std::move(made));
  if (is_bad) CountBadLine(what);
}

/// Takes a line that is no answer, or is one for nothing that was sent.
void Conversation::State::TakeBadLine(std::string_view line, const LineError& error) {
  Answer blame = ProtocolError(error.error.message, error.error.hint, line);
  const std::string what = blame.detail;
  std::optional<CaseQueue::Sent> to = queue.Find(error.id);
  if (!to && !progress.babbles) to = queue.OnlyPending();
  progress.babbles = true;
  if (to) {
    queue.Mark(to->id, CaseQueue::State::kBlamed);
    answer(to->number, std::move(blame));
  } else if (queue.pending() > 0) {
    EndBecause({blame.kind, {what, {}, blame.hint}, true});
  }
  // With nothing pending all is answered, and nothing that follows changes that.
  CountBadLine(what);
}

void Conversation::State::CountBadLine(const std::string& what) {
  if (++bad_lines <= kMaxProtocolErrors) return;
  GiveUp({"wrote more than " + std::to_string(kMaxProtocolErrors) +
          " lines that are no answers, the last: " + what});
}

/// It closed one of its pipes: nothing more is sent, and it has a while to end by itself.
void Conversation::State::OnClosed(std::string_view what) {
  if (!IsUsed() || !progress.closed.empty()) return;
  progress.closed = what;
  link.SetTimer(kCloseGrace);
}

/// Sends what may be sent now, or closes its standard input where all is answered.
void Conversation::State::Advance() {
  if (queue.pending() == 0 && queue.is_empty()) {
    phase = Phase::kClosing;
    link.CloseInput();
    return link.SetTimer(kEndGrace);
  }
  if (queue.pending() == 0 && !progress.closed.empty()) return EndBecause(ClosedPipe(progress));
  while (progress.closed.empty() && queue.pending() < Window() && !queue.is_empty()) {
    const CaseQueue::Sent next = queue.Send();
    if (queue.pending() == 1) link.SetTimer(manifest.limits.answer);
    link.Send(CaseLine(std::to_string(next.id), *cases[next.number]));
  }
}

void Conversation::State::EndBecause(Ending why) {
  ending = std::move(why);
  EndProcess();
}

void Conversation::State::EndProcess() {
  phase = Phase::kEnding;
  link.StopTimer();
  link.End();
}

/// The process has ended, and `ending` says why where that was not for having answered all: tells
/// what comes of it.
void Conversation::State::Settle(std::string stderr_tail, std::string_view unfinished) {
  phase = Phase::kDone;
  std::string last_time;
  bool is_doubtful = false;
  if (ending) {
    Error error = std::move(ending->error);
    last_time = error.message;
    if (!unfinished.empty() && ending->kind != Answer::Kind::kProtocolError) {
      error.hint = "the last line has no line break, or was not flushed: " + ShownLine(unfinished);
    }
    if (!progress.is_ready) {
      error.message = (restarts == 0 ? "can't start: " : "can't start again: ") + error.message;
      return GiveUp(error);
    }
    const std::optional<CaseQueue::Sent> to = queue.OnlyPending();
    // A death may come of what the process was asked before.
    is_doubtful = !gave_up && ending->kind == Answer::Kind::kCrash && queue.sent_to_process() > 1;
    if (to && !ending->blames_nobody && !is_doubtful) {
      queue.Mark(to->id, CaseQueue::State::kAnswered);
      answer(to->number, {ending->kind,
                          {},
                          std::move(error.message),
                          std::move(error.hint),
                          std::move(stderr_tail)});
    }
    one_by_one = one_by_one || is_doubtful || queue.pending() > 1;
  }
  const bool is_explained = was_doubtful && ending && queue.sent_to_process() == 1;
  CountDoubts(is_doubtful, is_explained, last_time);
  queue.BeginAgain();
  if (gave_up || queue.is_empty()) return;
  // Where the doubt was right, the death that it was about has been counted.
  if (!is_explained) {
    if (restarts == kMaxRestarts) {
      return GiveUp({"gave up after " + std::to_string(kMaxRestarts) +
                     " restarts; the last time: " + last_time});
    }
    ++restarts;
  }
  StartProcess();
}

/// Keeps count of the deaths that none of the cases brings about alone.
void Conversation::State::CountDoubts(bool is_doubtful, bool is_explained, const std::string& why) {
  was_doubtful = is_doubtful;
  if (!is_doubtful && !is_explained) return;
  if (is_doubtful) ++unexplained;
  if (is_explained) --unexplained;
  outcome.died = {};
  if (unexplained == 0) return;
  outcome.died.message = "died " + std::to_string(unexplained) +
                         (unexplained == 1 ? " time" : " times") +
                         " while cases were pending, of none of them alone; the last time: " + why;
  outcome.died.hint = "a port answers until its standard input ends";
}

/// Says of every case that has no answer that it was not run, and ends the process where one runs.
void Conversation::State::GiveUp(const Error& why) {
  gave_up = true;
  // Who is to blame for that a process is being ended is told once it has ended.
  const bool is_told_later = phase == Phase::kEnding && ending && !ending->blames_nobody &&
                             progress.is_ready && queue.pending() == 1;
  if (!is_told_later) queue.BeginAgain();
  if (!queue.is_empty() && outcome.gave_up.message.empty()) outcome.gave_up = why;
  for (const std::size_t number : queue.TakeAll()) {
    answer(number, {Answer::Kind::kNotRun, {}, why.message});
  }
  if (phase == Phase::kIdle) phase = Phase::kDone;
  if (phase != Phase::kEnding && phase != Phase::kDone) EndProcess();
}

void Conversation::State::SkipOthers(const PortManifest& described) {
  std::deque<std::size_t> left;
  for (const std::size_t number : queue.TakeAll()) {
    if (std::optional<Answer> not_done = AnswerWithoutAsking(described, *cases[number])) {
      answer(number, *std::move(not_done));
    } else {
      left.push_back(number);
    }
  }
  queue.PutBack(std::move(left));
}

Conversation::Conversation(const PortManifest& manifest, std::span<const Case* const> cases,
                           std::function<void(std::size_t, Answer)> answer, PortLink& link)
    : state_(std::make_unique<State>(manifest, cases, std::move(answer), link)) {}

Conversation::~Conversation() = default;

void Conversation::Begin() {
  State& state = *state_;
  if (state.phase != State::Phase::kIdle) return;
  if (state.HasManifest()) state.SkipOthers(state.manifest);
  if (state.queue.is_empty()) {
    state.phase = State::Phase::kDone;
  } else {
    state.StartProcess();
  }
}

void Conversation::OnStartFailed(const Error& error) {
  State& state = *state_;
  if (state.phase != State::Phase::kStarting && state.phase != State::Phase::kEnding) return;
  state.link.StopTimer();
  state.ending = Ending{Answer::Kind::kCrash, error};
  state.Settle("", "");
}

void Conversation::OnLine(std::string_view line) {
  State& state = *state_;
  switch (state.phase) {
    case State::Phase::kStarting:
      return state.TakeReady(line);
    case State::Phase::kAsking:
    case State::Phase::kClosing:
      state.progress.wrote_line = true;
      return state.TakeAnswer(line);
    default:
      return;  // too late
  }
}

void Conversation::OnEndlessLine(std::string_view begin) {
  State& state = *state_;
  if (state.phase == State::Phase::kClosing) return state.EndProcess();
  if (state.IsUsed()) state.EndBecause(WroteEndlessLine(begin));
}

void Conversation::OnInputClosed() { state_->OnClosed("standard input"); }

void Conversation::OnOutputClosed() { state_->OnClosed("standard output"); }

void Conversation::OnExit(const ExitStatus& status, std::string stderr_tail,
                          std::string_view unfinished) {
  State& state = *state_;
  if (state.phase == State::Phase::kIdle || state.phase == State::Phase::kDone) return;
  state.link.StopTimer();
  state.outcome.stderr_tail = stderr_tail;
  if (state.IsUsed()) state.ending = EndedAs(status, state.progress);
  state.Settle(std::move(stderr_tail), unfinished);
}

void Conversation::OnTimeout() {
  State& state = *state_;
  if (state.link.HasExited()) return;  // OnExit says more
  if (state.IsUsed()) {
    const bool is_closed = !state.progress.closed.empty();
    state.EndBecause(is_closed ? ClosedPipe(state.progress)
                               : SilentFor(state.manifest.limits, state.progress));
  } else if (state.phase == State::Phase::kClosing) {
    state.outcome.ended_by_itself = false;
    state.EndProcess();
  }
}

void Conversation::Interrupt() {
  if (state_->phase != State::Phase::kDone) state_->GiveUp({kRunInterrupted});
}

bool Conversation::is_done() const { return state_->phase == State::Phase::kDone; }

const Conversation::Outcome& Conversation::outcome() const { return state_->outcome; }

}  // namespace sigvet
