#include "harness/run/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace sigvet {
namespace {

TEST(Glob, MatchesTheIdItself) {
  EXPECT_TRUE(GlobMatches("ses/regions/us-east-1", "ses/regions/us-east-1"));
  EXPECT_FALSE(GlobMatches("ses/regions/us-east-1", "ses/regions/us-east-2"));
  EXPECT_FALSE(GlobMatches("ses/regions/us-east-1", "ses/regions/us-east-1-b"));
  EXPECT_FALSE(GlobMatches("", "ses"));
}

TEST(Glob, MatchesAllThatAFolderHolds) {
  EXPECT_TRUE(GlobMatches("ses", "ses/regions/us-east-1"));
  EXPECT_TRUE(GlobMatches("ses/*", "ses/regions/us-east-1"));
  EXPECT_TRUE(GlobMatches("s*", "ses/regions/us-east-1"));
  EXPECT_TRUE(GlobMatches("*", "ses/regions/us-east-1"));
  EXPECT_FALSE(GlobMatches("se", "ses/regions/us-east-1"));
  EXPECT_FALSE(GlobMatches("ses/", "ses/regions/us-east-1"));
}

TEST(Glob, OneStarStaysWithinAFolder) {
  EXPECT_TRUE(GlobMatches("ses/*/us-*", "ses/regions/us-east-1"));
  EXPECT_FALSE(GlobMatches("*/us-*", "ses/regions/us-east-1"));
  EXPECT_FALSE(GlobMatches("s*1", "ses/regions/us-east-1"));
}

TEST(Glob, TwoStarsDoNot) {
  EXPECT_TRUE(GlobMatches("**/us-*", "ses/regions/us-east-1"));
  EXPECT_TRUE(GlobMatches("**-1", "ses/regions/us-east-1"));
  EXPECT_TRUE(GlobMatches("s**1", "ses/regions/us-east-1"));
  EXPECT_FALSE(GlobMatches("**-2", "ses/regions/us-east-1"));
}

TEST(Glob, AQuestionMarkIsOneCharacter) {
  EXPECT_TRUE(GlobMatches("ses/regions/us-?ast-?", "ses/regions/us-east-1"));
  EXPECT_FALSE(GlobMatches("ses/regions/us-?st-?", "ses/regions/us-east-1"));
  EXPECT_FALSE(GlobMatches("ses?regions", "ses/regions/us-east-1"));
}

TEST(Glob, AHostilePatternTakesNoLongerThanItsLength) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(GlobMatches(pattern + "b", std::string(400, 'a')));
}

}  // namespace
}  // namespace sigvet
