#include "harness/port/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/port/test_conversation.h"

namespace sigvet {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

TEST(Conversation, AsksOneCaseAfterTheOther) {
  Talk talk(2);
  talk.conversation->Begin();
  EXPECT_EQ(talk.link.Take(), "start hello");
  EXPECT_EQ(talk.link.timer, milliseconds(10'000));
  talk.Ready();
  EXPECT_EQ(talk.link.Take(), "case 1");
  EXPECT_EQ(talk.link.timer, milliseconds(2'000));
  talk.Answer(1);
  EXPECT_EQ(talk.link.Take(), "case 2");
  EXPECT_EQ(talk.Kinds(), "O-");
  talk.Answer(2);
  EXPECT_EQ(talk.link.Take(), "close");
  EXPECT_EQ(talk.link.timer, kEndGrace);
  EXPECT_FALSE(talk.conversation->is_done());
  talk.Exit({});
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.link.Take(), "");
  EXPECT_EQ(talk.link.timer, milliseconds(0));
  EXPECT_EQ(talk.Kinds(), "OO");
  EXPECT_EQ(talk.Last(0).stages.front().value, std::string(64, 'a'));
  const Conversation::Outcome& outcome = talk.conversation->outcome();
  ASSERT_TRUE(outcome.ready);
  EXPECT_EQ(outcome.ready->name, "p");
  EXPECT_EQ(outcome.gave_up, Error{});
  EXPECT_EQ(outcome.stderr_tail, "the end of stderr");
  EXPECT_TRUE(outcome.ended_by_itself);
}

TEST(Conversation, AnswersOfEachKindAreTaken) {
  Talk talk(4);
  talk.BeginReady();
  talk.conversation->OnLine(R"({"type":"answer","id":"1","refused":"empty"})");
  talk.conversation->OnLine(R"({"type":"answer","id":"2","unsupported":"no"})");
  talk.conversation->OnLine(R"({"type":"answer","id":"3","error":"oh"})");
  talk.Answer(4);
  EXPECT_EQ(talk.Kinds(), "RUEO");
  EXPECT_EQ(talk.Last(0).detail, "empty");
}

TEST(Conversation, FillsTheWindowAndTakesAnswersInAnyOrder) {
  Talk talk(5);
  talk.BeginReady(3);
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2 case 3");
  talk.Answer(3);
  EXPECT_EQ(talk.Kinds(), "--O--");
  EXPECT_EQ(talk.link.Take(), "case 4");
  talk.Answer(1);
  talk.Answer(4);
  EXPECT_EQ(talk.link.Take(), "case 5");
  talk.Answer(5);
  talk.Answer(2);
  EXPECT_EQ(talk.link.Take(), "close");
  EXPECT_EQ(talk.Kinds(), "OOOOO");
}

TEST(Conversation, NeverHasMoreThanTheMostInFlight) {
  Talk talk(100);
  talk.BeginReady(100);
  talk.link.log.erase(talk.link.log.begin(), talk.link.log.begin() + 2);
  EXPECT_EQ(talk.link.log.size(), kMaxInFlight);
}

TEST(Conversation, TheTimeCountsFromTheLastValidAnswer) {
  Talk talk(3);
  talk.BeginReady(2);
  talk.link.timer = milliseconds(1);  // some of it is over
  talk.conversation->OnLine(R"({"type":"answer","id":"2","output":null})");
  // Case 3 is sent while case 1 is pending.
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2 case 3");
  EXPECT_EQ(talk.link.timer, milliseconds(1));
  talk.Answer(1);
  EXPECT_EQ(talk.link.timer, milliseconds(2'000));
}

TEST(Conversation, ACaseThatThePortDoesNotDoIsNeverSent) {
  Talk talk(3);
  talk.cases[1].operation = FindOperation("base64-encode");
  talk.BeginReady();
  EXPECT_EQ(talk.Kinds(), "-U-");
  EXPECT_EQ(talk.Last(1).detail, "does not do base64-encode");
  talk.Answer(1);
  talk.Answer(2);
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2 close");
  EXPECT_EQ(talk.Kinds(), "OUO");
}

TEST(Conversation, NothingIsStartedForNoCase) {
  Talk talk(2, {"hmac-sha256"});
  talk.conversation->Begin();
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.link.Take(), "");
  EXPECT_EQ(talk.Kinds(), "UU");
  EXPECT_FALSE(talk.conversation->outcome().ready);
}

TEST(Conversation, APortWithoutAManifestDoesWhatItSays) {
  Talk talk(2, {});
  talk.manifest.file = "";
  talk.cases[0].operation = FindOperation("base64-encode");
  talk.conversation->Begin();
  talk.Ready(1, R"("sha256","sha512")");
  EXPECT_EQ(talk.link.Take(), "start hello case 1");
  talk.Answer(1);
  talk.Exit({});
  EXPECT_EQ(talk.Kinds(), "UO");
  EXPECT_EQ(talk.conversation->outcome().ready->unknown_operations,
            std::vector<std::string>{"sha512"});
}

TEST(Conversation, APortThatDoesNothingIsAskedNothing) {
  Talk talk(2, {});
  talk.manifest.file = "";
  talk.conversation->Begin();
  talk.Ready(1, "");
  EXPECT_EQ(talk.link.Take(), "start hello close");
  EXPECT_EQ(talk.Kinds(), "UU");
}

TEST(Conversation, ManifestAndReadyMustAgree) {
  Talk talk(2, {"sha256", "hmac-sha256"});
  talk.conversation->Begin();
  talk.Ready(1, R"("sha256","base64-encode","sha512")");
  EXPECT_EQ(talk.link.Take(), "start hello end");
  talk.Exit({0, 15});
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.Kinds(), "NN");
  const Conversation::Outcome& outcome = talk.conversation->outcome();
  EXPECT_EQ(outcome.gave_up.message,
            "can't start: \"ops\" of port.yaml and of its \"ready\" differ; only port.yaml "
            "has hmac-sha256; only the port says sha512, base64-encode");
  EXPECT_EQ(outcome.gave_up.place, (Place{"port.yaml"}));
  EXPECT_EQ(talk.Last(0).detail, outcome.gave_up.message);
  EXPECT_FALSE(outcome.ready);
}

/// What is said of a port that can't be started: nothing is tried again.
Error GaveUpAtStart(Talk& talk) {
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.Kinds(), "NN");
  EXPECT_FALSE(talk.conversation->outcome().ready);
  EXPECT_EQ(talk.link.timer, milliseconds(0));
  return talk.conversation->outcome().gave_up;
}

TEST(ConversationStart, AProgramThatIsNotThere) {
  Talk talk(2);
  talk.conversation->Begin();
  talk.conversation->OnStartFailed({"no such file: x", {}, "build it"});
  EXPECT_EQ(GaveUpAtStart(talk), (Error{"can't start: no such file: x", {}, "build it"}));
}

TEST(ConversationStart, AFailureFromWithinStart) {
  class BadLink : public FakeLink {
   public:
    void Start() override { conversation->OnStartFailed({"no"}); }
    Conversation* conversation = nullptr;
  };
  Talk talk(2);
  BadLink link;
  Conversation conversation(
      talk.manifest, talk.pointers,
      [&](std::size_t number, Answer answer) { talk.answers[number].push_back(answer); }, link);
  link.conversation = &conversation;
  conversation.Begin();
  EXPECT_TRUE(conversation.is_done());
  EXPECT_EQ(link.Take(), "");
  EXPECT_EQ(talk.Kinds(), "NN");
}

TEST(ConversationStart, AnExitBeforeReady) {
  Talk talk(2);
  talk.conversation->Begin();
  talk.Exit({3, 0});
  EXPECT_EQ(GaveUpAtStart(talk).message, "can't start: exit code 3 before it was ready");
  EXPECT_EQ(talk.link.Take(), "start hello");
  Talk good(2);
  good.conversation->Begin();
  good.Exit({}, R"({"type":"ready")");
  EXPECT_EQ(GaveUpAtStart(good).message, "can't start: exit code 0 before it was ready");
  EXPECT_EQ(GaveUpAtStart(good).hint,
            R"(the last line has no line break, or was not flushed: {"type":"ready")");
}

TEST(ConversationStart, NoAnswerToTheGreeting) {
  Talk talk(2);
  talk.manifest.limits.start = milliseconds(1'500);
  talk.conversation->Begin();
  talk.conversation->OnTimeout();
  EXPECT_EQ(talk.link.Take(), "start hello end");
  talk.Ready();  // too late
  talk.Exit({0, 15});
  const Error gave_up = GaveUpAtStart(talk);
  EXPECT_EQ(gave_up.message, "can't start: no answer to the greeting within 1500 ms");
  EXPECT_THAT(gave_up.hint, HasSubstr("is standard output flushed after each line?"));
}

TEST(ConversationStart, AnythingElseThanReady) {
  Talk talk(2);
  talk.conversation->Begin();
  talk.conversation->OnLine("Hello from \x1b[1mport");
  EXPECT_EQ(talk.link.Take(), "start hello end");
  talk.Exit({0, 15});
  EXPECT_EQ(GaveUpAtStart(talk).message, "can't start: not JSON: Hello from \\x1b[1mport");
  EXPECT_THAT(GaveUpAtStart(talk).hint, HasSubstr("write it to standard error"));
}

TEST(ConversationStart, AnotherProtocol) {
  Talk talk(2);
  talk.conversation->Begin();
  talk.conversation->OnLine(R"({"type":"ready","protocol":2,"ops":["sha256"]})");
  talk.Exit({0, 15});
  EXPECT_THAT(GaveUpAtStart(talk).message, HasSubstr("can't start: it speaks protocol 2"));
}

TEST(ConversationStart, AnEndlessLine) {
  Talk talk(2);
  talk.conversation->Begin();
  talk.conversation->OnEndlessLine("xxxx");
  talk.Exit({0, 9});
  EXPECT_EQ(GaveUpAtStart(talk).message, "can't start: a line of more than 8 MiB: xxxx");
}

TEST(ConversationStart, AClosedPipe) {
  Talk input(2);
  input.conversation->Begin();
  input.conversation->OnInputClosed();
  input.Ready();
  EXPECT_EQ(input.link.Take(), "start hello end");
  input.Exit({0, 15});
  EXPECT_EQ(GaveUpAtStart(input).message,
            "can't start: closed its standard input without answering");
  Talk output(2);
  output.conversation->Begin();
  output.conversation->OnOutputClosed();
  EXPECT_EQ(output.link.Take(), "start hello");
  output.conversation->OnTimeout();
  output.Exit({0, 15});
  EXPECT_EQ(GaveUpAtStart(output).message,
            "can't start: closed its standard output without answering");
}

TEST(ConversationEnd, APortThatDoesNotEndIsEnded) {
  Talk talk(1);
  talk.BeginReady();
  talk.Answer(1);
  talk.conversation->OnTimeout();
  EXPECT_EQ(talk.link.Take(), "start hello case 1 close end");
  EXPECT_EQ(talk.link.timer, milliseconds(0));
  talk.Exit({0, 9});
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.Kinds(), "O");
  EXPECT_FALSE(talk.conversation->outcome().ended_by_itself);
  EXPECT_EQ(talk.conversation->outcome().gave_up, Error{});
}

TEST(ConversationEnd, HowAPortEndsChangesNoVerdict) {
  Talk talk(1);
  talk.BeginReady();
  talk.Answer(1);
  talk.conversation->OnLine("bye");
  talk.conversation->OnInputClosed();
  talk.conversation->OnOutputClosed();
  EXPECT_EQ(talk.link.timer, kEndGrace);
  talk.Exit({0, 11}, "half");
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.Kinds(), "O");
  EXPECT_EQ(talk.conversation->outcome().gave_up, Error{});
  talk.Exit({0, 11});  // of no use any more
  talk.conversation->OnTimeout();
  talk.conversation->OnLine("");
  talk.conversation->OnStartFailed({"x"});
  EXPECT_EQ(talk.Kinds(), "O");
  EXPECT_EQ(talk.link.Take(), "start hello case 1 close");
}

TEST(ConversationEnd, AFloodAfterTheLastAnswerEndsIt) {
  Talk endless(1);
  endless.BeginReady();
  endless.Answer(1);
  endless.conversation->OnEndlessLine("x");
  EXPECT_EQ(endless.link.Take(), "start hello case 1 close end");
  Talk lines(1);
  lines.BeginReady();
  lines.Answer(1);
  for (unsigned i = 0; i <= kMaxProtocolErrors; ++i) lines.conversation->OnLine("x");
  EXPECT_EQ(lines.link.Take(), "start hello case 1 close end");
  lines.Exit({0, 15});
  EXPECT_EQ(lines.Kinds(), "O");
  EXPECT_EQ(lines.conversation->outcome().gave_up, Error{});
}

/// Interrupts where `bring` has brought a conversation about three cases.
struct Interrupted {
  explicit Interrupted(const std::function<void(Talk&)>& bring) : talk(3) {
    bring(talk);
    talk.link.Take();
    talk.conversation->Interrupt();
    actions = talk.link.Take();
    if (!talk.conversation->is_done()) {
      talk.conversation->Interrupt();  // a second time changes nothing
      talk.Answer(1);
      talk.conversation->OnTimeout();
      talk.Exit({0, 15});
    }
    EXPECT_TRUE(talk.conversation->is_done());
    EXPECT_EQ(talk.link.Take(), "");
    EXPECT_EQ(talk.link.timer, milliseconds(0));
  }

  Talk talk;
  std::string actions;
};

TEST(ConversationInterrupt, InEveryState) {
  const auto message = [](const Interrupted& i) {
    return i.talk.conversation->outcome().gave_up.message;
  };
  const Interrupted before([](Talk&) {});
  EXPECT_EQ(before.actions, "");
  EXPECT_EQ(before.talk.Kinds(), "NNN");
  EXPECT_EQ(message(before), "the run was interrupted");
  const Interrupted starting([](Talk& talk) { talk.conversation->Begin(); });
  EXPECT_EQ(starting.actions, "end");
  EXPECT_EQ(starting.talk.Kinds(), "NNN");
  const Interrupted asking([](Talk& talk) {
    talk.BeginReady(2);
    talk.Answer(2);
  });
  EXPECT_EQ(asking.actions, "end");
  EXPECT_EQ(asking.talk.Kinds(), "NON");
  EXPECT_EQ(asking.talk.Last(0).detail, "the run was interrupted");
  EXPECT_EQ(message(asking), "the run was interrupted");
  const Interrupted closing([](Talk& talk) {
    talk.BeginReady(3);
    for (const std::size_t id : {1, 2, 3}) talk.Answer(id);
  });
  EXPECT_EQ(closing.actions, "end");
  EXPECT_EQ(closing.talk.Kinds(), "OOO");
  EXPECT_EQ(message(closing), "");
  const Interrupted ended([](Talk& talk) {
    talk.BeginReady(3);
    for (const std::size_t id : {1, 2, 3}) talk.Answer(id);
    talk.Exit({});
  });
  EXPECT_EQ(ended.talk.Kinds(), "OOO");
}

TEST(ConversationInterrupt, WhileAProcessIsEnded) {
  // The one that hung alone keeps its blame.
  const Interrupted alone([](Talk& talk) {
    talk.BeginReady();
    talk.conversation->OnTimeout();
  });
  EXPECT_EQ(alone.actions, "");
  EXPECT_EQ(alone.talk.Kinds(), "TNN");
  const Interrupted several([](Talk& talk) {
    talk.BeginReady(2);
    talk.conversation->OnTimeout();
  });
  EXPECT_EQ(several.talk.Kinds(), "NNN");
  const Interrupted starting([](Talk& talk) {
    talk.conversation->Begin();
    talk.conversation->OnTimeout();
  });
  EXPECT_EQ(starting.talk.Kinds(), "NNN");
  EXPECT_EQ(starting.talk.conversation->outcome().gave_up.message, "the run was interrupted");
  const Interrupted restarted([](Talk& talk) {
    talk.BeginReady(2);
    talk.Exit({1, 0});
  });
  EXPECT_EQ(restarted.actions, "end");
  EXPECT_EQ(restarted.talk.Kinds(), "NNN");
}

}  // namespace
}  // namespace sigvet
