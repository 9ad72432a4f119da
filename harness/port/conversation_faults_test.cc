#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/port/test_conversation.h"

namespace sigvet {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

TEST(ConversationTimeout, AloneIsThatCase) {
  Talk talk(3);
  talk.BeginReady();
  talk.Answer(1);
  talk.conversation->OnTimeout();
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2 end");
  EXPECT_EQ(talk.link.timer, milliseconds(0));
  talk.Answer(2);  // too late
  talk.Exit({0, 15});
  EXPECT_EQ(talk.Kinds(), "OT-");
  EXPECT_EQ(talk.Last(1).detail, "no answer within 2 s");
  EXPECT_EQ(talk.Last(1).hint, "");
  EXPECT_EQ(talk.Last(1).stderr_tail, "the end of stderr");
  EXPECT_EQ(talk.link.Take(), "start hello");
  talk.Ready();
  EXPECT_EQ(talk.link.Take(), "case 3");
  talk.Answer(2);  // an id of the process before
  EXPECT_EQ(talk.Kinds(), "OTP");
}

TEST(ConversationTimeout, OfSeveralIsFoundOneByOne) {
  Talk talk(4);
  talk.BeginReady(3);
  talk.Answer(2);
  talk.conversation->OnTimeout();
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2 case 3 case 4 end");
  talk.Exit({0, 15});
  EXPECT_EQ(talk.Kinds(), "-O--");
  talk.Ready(3);
  // The first case, under a new id; then the third and the fourth.
  EXPECT_EQ(talk.link.Take(), "start hello case 5");
  talk.Answer(5);
  EXPECT_EQ(talk.link.Take(), "case 6");
  talk.conversation->OnTimeout();
  talk.Exit({0, 9});
  talk.Ready(3);
  talk.link.Take();
  talk.Answer(7);
  EXPECT_EQ(talk.Kinds(), "OOTO");
  EXPECT_EQ(talk.link.Take(), "close");
}

TEST(ConversationTimeout, HintsAtAStreamThatIsNotFlushed) {
  Talk nothing(1);
  nothing.BeginReady();
  nothing.conversation->OnTimeout();
  nothing.Exit({0, 15});
  EXPECT_EQ(nothing.Last(0).hint,
            "nothing came since it was ready: is standard output flushed after each line?");
  EXPECT_EQ(nothing.conversation->outcome().gave_up, Error{});
  Talk half(1);
  half.BeginReady();
  half.conversation->OnTimeout();
  half.Exit({0, 15}, R"({"type":"answer")");
  EXPECT_EQ(half.Kinds(), "T");
  EXPECT_EQ(half.Last(0).hint,
            R"(the last line has no line break, or was not flushed: {"type":"answer")");
}

TEST(ConversationDeath, AloneIsThatCase) {
  Talk talk(4);
  talk.BeginReady();
  talk.Exit({0, 11});
  EXPECT_EQ(talk.Kinds(), "C---");
  EXPECT_THAT(talk.Last(0).detail, HasSubstr("killed by SIGSEGV"));
  EXPECT_EQ(talk.Last(0).stderr_tail, "the end of stderr");
  talk.Ready();
  talk.Exit({3, 0});
  EXPECT_EQ(talk.Last(1).detail, "exit code 3");
  talk.Ready();
  talk.Exit({}, R"({"type":"answer","id":"3")");
  EXPECT_EQ(talk.Last(2).detail, "exit code 0 before it answered");
  EXPECT_EQ(talk.Last(2).hint,
            R"(the last line has no line break, or was not flushed: {"type":"answer","id":"3")");
  talk.Ready();
  talk.Exit({});
  EXPECT_EQ(talk.Kinds(), "CCCC");
  EXPECT_EQ(talk.Last(3).hint,
            "it has to read lines and answer them until its standard input ends");
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.conversation->outcome().gave_up, Error{});
}

TEST(ConversationDeath, OfSeveralIsFoundOneByOne) {
  Talk talk(3);
  talk.BeginReady(2);
  talk.Exit({1, 0});
  EXPECT_EQ(talk.Kinds(), "---");
  talk.link.Take();
  talk.Ready(2);
  EXPECT_EQ(talk.link.Take(), "case 3");
  talk.Exit({1, 0});
  EXPECT_EQ(talk.Kinds(), "C--");
  talk.Ready(2);
  EXPECT_EQ(talk.link.Take(), "start hello case 4");
  talk.Answer(4);
  talk.Answer(5);
  EXPECT_EQ(talk.Kinds(), "COO");
}

TEST(ConversationDeath, AfterAnAnswerIsBlamedOnNobodyUntilItIsRepeated) {
  Talk talk(4);
  talk.BeginReady();
  talk.Answer(1);
  talk.Exit({9, 0});  // of the second case, or still of the first
  EXPECT_EQ(talk.Kinds(), "O---");
  talk.link.Take();
  talk.Ready();
  EXPECT_EQ(talk.link.Take(), "case 3");
  talk.Exit({9, 0});
  EXPECT_EQ(talk.Kinds(), "OC--");
  talk.Ready();
  talk.Answer(4);
  talk.Exit({9, 0});
  talk.Ready();
  talk.Answer(6);  // the fourth case does it no harm
  EXPECT_EQ(talk.Kinds(), "OCOO");
  EXPECT_EQ(talk.conversation->outcome().gave_up, Error{});
  EXPECT_THAT(talk.conversation->outcome().died.message,
              HasSubstr("died 1 time while cases were pending"));
}

TEST(ConversationDeath, ThatIsRepeatedCountsOnce) {
  Talk talk(20);
  talk.BeginReady();
  std::size_t id = 0;
  for (unsigned i = 0; i < kMaxRestarts; ++i) {
    talk.Answer(++id);
    ++id;
    talk.Exit({9, 0});
    talk.Ready();
    ++id;
    talk.Exit({9, 0});  // the same case, alone
    EXPECT_EQ(talk.conversation->outcome().gave_up, Error{}) << i;
    talk.Ready();
  }
  EXPECT_EQ(talk.Kinds().substr(0, 10), "OCOCOCOCOC");
  talk.Answer(++id);
  talk.Exit({9, 0});
  EXPECT_EQ(talk.Kinds(), "OCOCOCOCOCO" + std::string(9, 'N'));
}

TEST(ConversationTimeout, IsNoneWhereTheProcessHasExited) {
  Talk talk(1);
  talk.BeginReady();
  talk.link.has_exited = true;
  talk.conversation->OnTimeout();
  EXPECT_EQ(talk.link.Take(), "start hello case 1");
  talk.Exit({3, 0});
  EXPECT_EQ(talk.Last(0).detail, "exit code 3");
}

TEST(ConversationDeath, GivesUpAfterFiveRestarts) {
  Talk talk(9);
  talk.BeginReady();
  for (unsigned i = 0; i < kMaxRestarts; ++i) {
    talk.Exit({7, 0});
    EXPECT_EQ(talk.conversation->outcome().gave_up, Error{}) << i;
    talk.Ready();
  }
  talk.Exit({7, 0});
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.Kinds(), "CCCCCCNNN");
  EXPECT_EQ(talk.Last(8).detail, "gave up after 5 restarts; the last time: exit code 7");
  EXPECT_EQ(talk.conversation->outcome().gave_up.message, talk.Last(8).detail);
}

TEST(ConversationDeath, OfTheLastCaseIsNoReasonToGiveUp) {
  Talk talk(6);
  talk.BeginReady();
  for (unsigned i = 0; i < kMaxRestarts; ++i) {
    talk.Exit({7, 0});
    talk.Ready();
  }
  talk.conversation->OnTimeout();
  talk.Exit({0, 15});
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.Kinds(), "CCCCCT");
  EXPECT_EQ(talk.conversation->outcome().gave_up, Error{});
}

TEST(ConversationDeath, APortThatDoesNotComeUpAgainIsGivenUp) {
  Talk talk(3);
  talk.BeginReady();
  talk.Exit({7, 0});
  talk.Exit({8, 0});
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.Kinds(), "CNN");
  EXPECT_EQ(talk.conversation->outcome().gave_up.message,
            "can't start again: exit code 8 before it was ready");
}

TEST(ConversationPipes, AClosedOneIsADeathWithoutAnExit) {
  Talk talk(2);
  talk.BeginReady();
  talk.conversation->OnInputClosed();
  EXPECT_EQ(talk.link.Take(), "start hello case 1");
  EXPECT_LT(talk.link.timer, milliseconds(2'000));
  talk.conversation->OnTimeout();
  EXPECT_EQ(talk.link.Take(), "end");
  talk.Exit({0, 15});
  EXPECT_EQ(talk.Kinds(), "C-");
  EXPECT_EQ(talk.Last(0).detail, "closed its standard input without answering");
  talk.Ready();
  talk.conversation->OnOutputClosed();
  talk.conversation->OnTimeout();
  talk.Exit({0, 15});
  EXPECT_EQ(talk.Kinds(), "CC");
  EXPECT_EQ(talk.Last(1).detail, "closed its standard output without answering");
}

TEST(ConversationPipes, AnExitSaysMoreThanAClosedPipe) {
  Talk talk(1);
  talk.BeginReady();
  talk.conversation->OnInputClosed();
  talk.conversation->OnOutputClosed();
  talk.Exit({0, 6});
  EXPECT_THAT(talk.Last(0).detail, HasSubstr("killed by SIGABRT"));
}

TEST(ConversationPipes, WhatWasReadMayStillBeAnswered) {
  Talk talk(3);
  talk.BeginReady(2);
  talk.conversation->OnInputClosed();
  const milliseconds grace = talk.link.timer;
  talk.Answer(1);
  EXPECT_EQ(talk.link.timer, grace);
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2");
  talk.Answer(2);
  // Nothing is pending: nobody is to blame.
  EXPECT_EQ(talk.link.Take(), "end");
  talk.Exit({0, 15});
  EXPECT_EQ(talk.Kinds(), "OO-");
  talk.Ready(2);
  EXPECT_EQ(talk.link.Take(), "start hello case 3");
  talk.Answer(3);
  EXPECT_EQ(talk.Kinds(), "OOO");
}

}  // namespace
}  // namespace sigvet
