#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/port/test_conversation.h"

namespace sigvet {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

TEST(ConversationBadLine, AloneIsThatCaseAndThePortGoesOn) {
  Talk talk(3);
  talk.BeginReady();
  talk.conversation->OnLine("debug: \x1b[31mkey");
  EXPECT_EQ(talk.Kinds(), "P--");
  EXPECT_EQ(talk.Last(0).detail, "not JSON: debug: \\x1b[31mkey");
  EXPECT_THAT(talk.Last(0).hint, HasSubstr("write it to standard error"));
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2");
  talk.Answer(1);  // late
  EXPECT_EQ(talk.Kinds(), "P--");
  talk.Answer(2);
  talk.Answer(3);
  EXPECT_EQ(talk.Kinds(), "POO");
  EXPECT_EQ(talk.link.Take(), "case 3 close");
  EXPECT_EQ(talk.answers[0].size(), 1U);
}

TEST(ConversationBadLine, OfSeveralIsFoundOneByOne) {
  Talk talk(3);
  talk.BeginReady(2);
  talk.conversation->OnLine("");
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2 end");
  talk.Answer(1);
  talk.Exit({0, 15}, "more");
  EXPECT_EQ(talk.Kinds(), "---");
  talk.Ready(2);
  EXPECT_EQ(talk.link.Take(), "start hello case 3");
  talk.conversation->OnLine("");
  EXPECT_EQ(talk.Kinds(), "P--");
  EXPECT_EQ(talk.Last(0).detail, "an empty line");
  EXPECT_EQ(talk.link.Take(), "case 4");
}

TEST(ConversationBadLine, AfterAnotherOneIsNotBlamedOnTheNextCase) {
  Talk talk(3);
  talk.BeginReady();
  talk.conversation->OnLine("a flood");
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2");
  talk.conversation->OnLine("of lines");
  talk.conversation->OnLine("without end");
  EXPECT_EQ(talk.link.Take(), "end");
  talk.Exit({0, 15});
  EXPECT_EQ(talk.Kinds(), "P--");
  EXPECT_EQ(talk.link.Take(), "start hello");
  talk.Ready();
  talk.Answer(3);
  talk.Answer(4);
  EXPECT_EQ(talk.Kinds(), "POO");
  EXPECT_EQ(talk.link.Take(), "case 3 case 4 close");
}

TEST(ConversationBadLine, WithAnIdIsThatCaseAmongSeveral) {
  Talk talk(3);
  talk.BeginReady(3);
  talk.conversation->OnLine(R"({"type":"answer","id":"2","output":{"digest":12}})");
  talk.conversation->OnLine(R"({"type":"answer","id":3,"output":{}})");
  EXPECT_EQ(talk.Kinds(), "-PP");
  EXPECT_THAT(talk.Last(1).detail, HasSubstr("is a number and not a string: {\"type\""));
  talk.Answer(2);  // late
  talk.Answer(1);
  EXPECT_EQ(talk.Kinds(), "OPP");
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2 case 3 close");
}

TEST(ConversationBadLine, AnswersWithoutTheLastStage) {
  Talk talk(2);
  talk.BeginReady();
  talk.conversation->OnLine(R"({"type":"answer","id":"1","output":{"disgest":"x"}})");
  EXPECT_EQ(talk.Kinds(), "P-");
  EXPECT_EQ(talk.Last(0).detail, "\"output\" has no \"digest\"");
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2");
}

TEST(ConversationBadLine, AnIdThatWasNotSent) {
  for (const std::string_view id : {"2", "0", "01", "+1", "1 ", "-1", "", "99999999999999999999"}) {
    Talk talk(2);
    talk.BeginReady();
    talk.conversation->OnLine(R"({"type":"answer","id":")" + std::string(id) +
                              R"(","output":{"digest":"x"}})");
    EXPECT_EQ(talk.Kinds(), "P-") << id;
    EXPECT_THAT(talk.Last(0).detail, HasSubstr("an answer with an id that it was not sent: {"));
  }
}

TEST(ConversationBadLine, AnAnswerTwiceCountsAgainstItsCase) {
  Talk talk(2);
  talk.BeginReady();
  talk.Answer(1);
  talk.Answer(1);
  EXPECT_EQ(talk.Kinds(), "P-");
  EXPECT_THAT(talk.Last(0).detail, HasSubstr("answered twice: {"));
  talk.Answer(2);
  EXPECT_EQ(talk.Kinds(), "PO");
  // Also once all is answered, and as something that is no answer.
  EXPECT_EQ(talk.link.Take(), "start hello case 1 case 2 close");
  talk.conversation->OnLine(R"({"type":"answer","id":"2"})");
  EXPECT_EQ(talk.Kinds(), "PP");
  EXPECT_THAT(talk.Last(1).detail, HasSubstr("answered twice: {"));
  talk.Exit({});
  EXPECT_TRUE(talk.conversation->is_done());
}

TEST(ConversationBadLine, ALateAnswerIsForgivenOnce) {
  Talk talk(2);
  talk.BeginReady();
  talk.conversation->OnLine("x");
  talk.Answer(1);
  EXPECT_EQ(talk.Last(0).detail, "not JSON: x");
  talk.Answer(1);
  EXPECT_THAT(talk.Last(0).detail, HasSubstr("answered twice"));
}

TEST(ConversationBadLine, MoreThanTwentyAreEnough) {
  Talk talk(30);
  talk.BeginReady();
  for (unsigned i = 0; i < kMaxProtocolErrors; ++i) {
    talk.conversation->OnLine("x");
    talk.Answer(i + 1);  // late
  }
  EXPECT_EQ(talk.Kinds(), std::string(20, 'P') + std::string(10, '-'));
  talk.link.Take();
  talk.conversation->OnLine("x");
  EXPECT_EQ(talk.link.Take(), "end");
  EXPECT_EQ(talk.Kinds(), std::string(21, 'P') + std::string(9, 'N'));
  EXPECT_EQ(talk.Last(29).detail,
            "wrote more than 20 lines that are no answers, the last: not JSON: x");
  talk.conversation->OnLine("x");
  talk.Exit({0, 15});
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.conversation->outcome().gave_up.message, talk.Last(29).detail);
  EXPECT_EQ(talk.Kinds(), std::string(21, 'P') + std::string(9, 'N'));
}

TEST(ConversationBadLine, TooManyThatBlameNobodyLeaveNoCaseWithoutAnAnswer) {
  Talk talk(25);
  talk.BeginReady();
  for (unsigned i = 0; i + 1 < kMaxProtocolErrors; ++i) {
    talk.conversation->OnLine("x");
    talk.Answer(i + 1);  // late
  }
  talk.conversation->OnLine("x");
  talk.conversation->OnLine("x");
  talk.Exit({0, 15});
  EXPECT_TRUE(talk.conversation->is_done());
  EXPECT_EQ(talk.Kinds(), std::string(20, 'P') + std::string(5, 'N'));
}

TEST(ConversationBadLine, MoreThanTwentyAnswersTwiceAreEnough) {
  Talk talk(3);
  talk.BeginReady(2);
  talk.Answer(1);
  for (unsigned i = 0; i <= kMaxProtocolErrors; ++i) talk.Answer(1);
  EXPECT_EQ(talk.Kinds(), "PNN");
  talk.Exit({0, 15});
  EXPECT_TRUE(talk.conversation->is_done());
}

TEST(ConversationBadLine, AnEndlessOneEndsTheProcess) {
  Talk talk(2);
  talk.BeginReady();
  talk.conversation->OnEndlessLine("\x01xxxx");
  EXPECT_EQ(talk.link.Take(), "start hello case 1 end");
  talk.conversation->OnTimeout();
  talk.Exit({0, 9}, "\x01xxxx");
  EXPECT_EQ(talk.Kinds(), "P-");
  EXPECT_EQ(talk.Last(0).detail, "a line of more than 8 MiB: \\x01xxxx");
  EXPECT_THAT(talk.Last(0).hint, HasSubstr("with a line break after it"));
  EXPECT_EQ(talk.Last(0).stderr_tail, "the end of stderr");
  EXPECT_EQ(talk.link.Take(), "start hello");
}

}  // namespace
}  // namespace sigvet
