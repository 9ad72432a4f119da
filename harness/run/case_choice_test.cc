#include "harness/run/case_choice.h"

#include <gtest/gtest.h>

#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

TEST(MayMatchIn, NoWhereTheTextBeforeTheFirstWildcardLeadsElsewhere) {
  EXPECT_TRUE(MayMatchIn("ses/published", "ses/published/rust-sample"));
  EXPECT_TRUE(MayMatchIn("ses/published", "ses/published"));
  EXPECT_TRUE(MayMatchIn("ses/published", "ses"));
  EXPECT_TRUE(MayMatchIn("ses/published", "s*/x"));
  EXPECT_TRUE(MayMatchIn("ses/published", "**/x"));
  EXPECT_TRUE(MayMatchIn("ses/published", "ses/publishe?"));
  EXPECT_TRUE(MayMatchIn("", "anything"));
  EXPECT_FALSE(MayMatchIn("ses/published", "sigv4"));
  EXPECT_FALSE(MayMatchIn("ses/published", "ses/publisher/*"));
  EXPECT_FALSE(MayMatchIn("ses/published", "ses/published-too/x"));
}

TEST(CaseChoice, TellsWhichGlobHasMatchedNothing) {
  const Corpus corpus = MakeTestCorpus();
  const std::vector<std::string> filters = {"s", "t/one"};
  const std::vector<std::string> skips = {"s/two", "u"};
  CaseChoice choice(filters, skips, Contested::kAll);
  EXPECT_EQ(choice.FirstUnmatched()->pattern, "s");
  EXPECT_EQ(choice.Choose("s", corpus.cases[0]), CaseChoice::Choice::kTaken);
  EXPECT_EQ(choice.Choose("s", corpus.cases[1]), CaseChoice::Choice::kLeft);
  EXPECT_EQ(choice.FirstUnmatched()->pattern, "t/one");
  EXPECT_TRUE(choice.MayMatchMore("t"));
  EXPECT_FALSE(choice.MayMatchMore("s"));
  EXPECT_TRUE(choice.MayTake("s"));
  EXPECT_FALSE(choice.MayTake("x"));
  EXPECT_EQ(choice.Choose("t", corpus.cases[3]), CaseChoice::Choice::kTaken);
  EXPECT_EQ(choice.FirstUnmatched()->option, "--skip");
  EXPECT_EQ(choice.FirstUnmatched()->pattern, "u");
}

}  // namespace
}  // namespace sigvet
