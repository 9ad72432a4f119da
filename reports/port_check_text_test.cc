#include "reports/port_check_text.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

using State = PortCheckStep::State;

TEST(RenderPortCheckTest, SaysEachStepAndWhatToDo) {
  PortCheck check;
  check.can_run = true;
  check.steps = {
      {State::kGood, "greets", "mine 1.0"},
      {State::kNote, "answers ses-smtp-password, version 4", "only 1 of 6 stages",
       "give the others too"},
      {State::kBad, "answers sigv4-signing-key", "not JSON: here\x1b[31m I am", "a debug print?",
       "warming up\nready\n"},
      {State::kNote, "does not end when its standard input closes"},
  };
  EXPECT_EQ(RenderPortCheck(check, {.color = false, .width = 60}),
            "ok    greets: mine 1.0\n"
            "note  answers ses-smtp-password, version 4: only 1 of 6\n"
            "      stages\n"
            "      hint    give the others too\n"
            "BAD   answers sigv4-signing-key: not JSON: here\\x1b[31m I am\n"
            "      hint    a debug print?\n"
            "      stderr  warming up\n"
            "              ready\n"
            "note  does not end when its standard input closes\n");
}

TEST(RenderPortCheckTest, WhatIsVisibleAlreadyIsNotEscapedAgain) {
  PortCheck check;
  check.can_run = true;
  check.steps = {{State::kBad, R"(declares \x1b)", R"(a line: C:\\port)", R"(\n is missing)"}};
  EXPECT_EQ(RenderPortCheck(check, {.color = false, .width = 60}),
            "BAD   declares \\x1b: a line: C:\\\\port\n"
            "      hint    \\n is missing\n");
}

TEST(RenderPortCheckTest, SaysThatTheCasesWereNotRun) {
  PortCheck check;
  check.steps = {{State::kBad, "greets", "no"}};
  EXPECT_EQ(RenderPortCheck(check, {.color = false, .width = 60}),
            "BAD   greets: no\n"
            "its cases were not run\n");
}

TEST(RenderPortCheckTest, PaintsOnlyTheLabel) {
  PortCheck check;
  check.can_run = true;
  check.steps = {{State::kBad, "greets", "no"}};
  EXPECT_EQ(RenderPortCheck(check, {.color = true, .width = 60}),
            "\x1b[31mBAD\x1b[0m   greets: no\n");
}

}  // namespace
}  // namespace sigvet
