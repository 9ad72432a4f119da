#include "reports/value_diff.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "reports/console_text.h"

namespace sigvet {
namespace {

constexpr DiffStyle kPlain = {.color = false, .width = 60, .indent = 2};

TEST(ValueDiff, MarksWhatLiesBetweenCommonBeginningAndEnd) {
  EXPECT_EQ(DiffValues("abcdefgh", "abXdYfgh", kPlain),
            "  expected  abcdefgh\n"
            "  actual    abXdYfgh\n"
            "              ^^^\n");
}

TEST(ValueDiff, MarksBothWhereTheLengthsDiffer) {
  EXPECT_EQ(DiffValues("abcXYZdef", "abcPdef", kPlain),
            "  expected  abcXYZdef\n"
            "               ^^^\n"
            "  actual    abcPdef\n"
            "               ^\n");
}

TEST(ValueDiff, MarksTheGapWhereSomethingIsMissing) {
  EXPECT_EQ(DiffValues("abcXYdef", "abcdef", kPlain),
            "  expected  abcXYdef\n"
            "               ^^\n"
            "  actual    abcdef\n"
            "               ^\n");
  EXPECT_EQ(DiffValues("aa", "aaa", kPlain),
            "  expected  aa\n"
            "              ^\n"
            "  actual    aaa\n"
            "              ^\n");
}

TEST(ValueDiff, SaysSoWhereATrailingNewlineIsTheDifference) {
  EXPECT_EQ(DiffValues("ab", "ab\n", kPlain),
            "  expected  ab\n"
            "              ^\n"
            "  actual    ab\\n\n"
            "              ^^\n"
            "  note      the actual value has a trailing newline too many\n");
  EXPECT_NE(DiffValues("ab\r\n", "ab", kPlain).find("lacks the trailing newline"),
            std::string::npos);
  EXPECT_EQ(DiffValues("ab\nc", "abc", kPlain).find("note"), std::string::npos);
}

TEST(ValueDiff, ShowsAMissingValueAsSuch) {
  EXPECT_EQ(DiffValues("ab", "", kPlain),
            "  expected  ab\n"
            "  actual    (empty)\n");
}

TEST(ValueDiff, ComparesWholeCharacters) {
  EXPECT_EQ(DiffValues("<\xc3\xa9>", "<\xc3\xa8>", kPlain),
            "  expected  <\xc3\xa9>\n"
            "  actual    <\xc3\xa8>\n"
            "             ^\n");
  EXPECT_EQ(DiffValues("\xe6\xbc\xa2"
                       "a",
                       "\xe5\xad\x97"
                       "a",
                       kPlain),
            "  expected  \xe6\xbc\xa2"
            "a\n"
            "  actual    \xe5\xad\x97"
            "a\n"
            "            ^^\n");
}

TEST(ValueDiff, MakesEveryByteVisible) {
  EXPECT_EQ(DiffValues(" a\xff b ", " a\x01 b ", kPlain),
            "  expected  \\x20a\\xff b\\x20\n"
            "  actual    \\x20a\\x01 b\\x20\n"
            "                 ^^^^\n");
}

TEST(ValueDiff, WrapsAndMarksEachLine) {
  const DiffStyle narrow = {.color = false, .width = 23, .indent = 2};
  EXPECT_EQ(DiffValues("0123456789abcdefghijk", "0123456789ABCDefghijk", narrow),
            "  expected  0123456789\n"
            "            abcdefghij\n"
            "            ^^^^\n"
            "            k\n"
            "  actual    0123456789\n"
            "            ABCDefghij\n"
            "            ^^^^\n"
            "            k\n");
}

TEST(ValueDiff, CutsLongValuesAroundTheFirstDifference) {
  std::string actual(1000, 'a');
  actual[500] = 'b';
  const std::string shown = DiffValues(std::string(1000, 'a'), actual, kPlain);
  EXPECT_LT(shown.size(), 1000U);
  EXPECT_NE(shown.find("expected  ...aaaaaaaaaaaaaaaaaaaaaaa"), std::string::npos) << shown;
  EXPECT_NE(shown.find("actual    ...aaaaaaaaaaaaaaaaaaaabaa"), std::string::npos) << shown;
  EXPECT_NE(shown.find("\n                                   ^\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("... (1000 bytes)"), std::string::npos) << shown;
}

TEST(ValueDiff, ALongPrefixOfEscapesDoesNotHideTheDifference) {
  const std::string shown = DiffValues(std::string(900, '\1') + "x", std::string(900, '\1') + "y",
                                       {.color = false, .width = 120, .indent = 2});
  EXPECT_NE(shown.find("x (901 bytes)"), std::string::npos) << shown;
  EXPECT_NE(shown.find("y (901 bytes)"), std::string::npos) << shown;
}

TEST(ValueDiff, StaysWithinTheWidth) {
  for (std::size_t width = 42; width < 120; ++width) {
    for (std::size_t length = 1; length < 320; length += 13) {
      const std::string expected = std::string(length, 'x') + "\xc3\xa9\xff\n";
      const std::string actual =
          std::string(length / 2, 'x') + "\xe6\xbc\xa2" + std::string(length / 2, 'x');
      std::istringstream lines(DiffValues(expected, actual, {false, width, 2}));
      for (std::string line; std::getline(lines, line);) {
        ASSERT_LE(Columns(line), width) << line;
      }
    }
  }
}

TEST(ValueDiff, ShowsTheFirstLineThatDiffers) {
  EXPECT_EQ(
      DiffValues("GET\n/\n\nhost:a.example\n\nhost", "GET\n/\n\nhost:b.example\n\nhosts", kPlain),
      "  line      4 of 6\n"
      "  expected  host:a.example\n"
      "  actual    host:b.example\n"
      "                 ^\n");
  EXPECT_EQ(DiffValues("GET\n/\n\nx", "GET\n/\na=b\nx", kPlain),
            "  line      3 of 4\n"
            "  expected  (empty)\n"
            "  actual    a=b\n");
}

TEST(ValueDiff, SaysWhereALineIsMissingOrTooMany) {
  EXPECT_EQ(DiffValues("a\nb\nc", "a\nc", kPlain),
            "  line      2 (expected are 3 lines, actual 2)\n"
            "  expected  b\n"
            "  actual    (this line is missing)\n");
  EXPECT_EQ(DiffValues("a\nb", "a\nb\nc", kPlain),
            "  line      3 (expected are 2 lines, actual 3)\n"
            "  expected  (no such line)\n"
            "  actual    c\n");
  // What follows is another line too: no line is missing, this one is wrong.
  EXPECT_EQ(DiffValues("a\nb\nc", "a\nx", kPlain),
            "  line      2 (expected are 3 lines, actual 2)\n"
            "  expected  b\n"
            "  actual    x\n"
            "            ^\n");
}

TEST(ValueDiff, TellsLineEndsApart) {
  EXPECT_EQ(DiffValues("a\nb", "a\r\nb", kPlain),
            "  line      1 of 2\n"
            "  expected  a\n"
            "             ^\n"
            "  actual    a\\r\n"
            "             ^^\n");
  EXPECT_EQ(DiffValues("a\nb", "a\nb\n", kPlain),
            "  line      3 (expected are 2 lines, actual 3)\n"
            "  expected  (no such line)\n"
            "  actual    (empty)\n"
            "  note      the actual value has a trailing newline too many\n");
}

// The other value may have lost all its line breaks, or never been text.
TEST(ValueDiff, TakesOneLineWhereOneValueHasNoOthers) {
  EXPECT_EQ(DiffValues("a\nb", "a\\nb", kPlain),
            "  expected  a\\nb\n"
            "             ^^\n"
            "  actual    a\\\\nb\n"
            "             ^^^\n");
  EXPECT_EQ(DiffValues("a\n\xff", "b\n\xff", kPlain).find("line"), std::string::npos);
}

TEST(ValueDiff, ColorsOnlyTheDifference) {
  const std::string shown = DiffValues("abc", "aXc", {true, 60, 0});
  EXPECT_EQ(shown,
            "expected  a\x1b[32mb\x1b[0mc\n"
            "actual    a\x1b[31mX\x1b[0mc\n"
            "           ^\n");
}

}  // namespace
}  // namespace sigvet
