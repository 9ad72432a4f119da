#include "reports/console_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sigvet {
namespace {

TEST(ConsoleText, CharactersAreSequencesOrSingleBytes) {
  EXPECT_EQ(Characters("a\xc3\xa9\xff\xc3"),
            (std::vector<std::string_view>{"a", "\xc3\xa9", "\xff", "\xc3"}));
  EXPECT_EQ(Characters("\xe2\x82\xac\xf0\x9f\x98\x80"),
            (std::vector<std::string_view>{"\xe2\x82\xac", "\xf0\x9f\x98\x80"}));
  EXPECT_TRUE(Characters("").empty());
}

TEST(ConsoleText, Columns) {
  EXPECT_EQ(Columns(""), 0U);
  EXPECT_EQ(Columns("abc"), 3U);
  EXPECT_EQ(Columns("\xc3\xa9"), 1U);
  EXPECT_EQ(Columns("\xe6\xbc\xa2\xe5\xad\x97"), 4U) << "CJK";
  EXPECT_EQ(Columns("e\xcc\x81"), 1U) << "a combining accent";
  EXPECT_EQ(Columns("\xf0\x9f\x98\x80"), 2U) << "an emoji";
}

TEST(ConsoleText, Padding) {
  EXPECT_EQ(PadRight("\xc3\xa9", 3), "\xc3\xa9  ");
  EXPECT_EQ(PadLeft("ab", 3), " ab");
  EXPECT_EQ(PadLeft("abcd", 3), "abcd");
}

TEST(ConsoleText, ShortenMiddle) {
  EXPECT_EQ(ShortenMiddle("ses/secrets", 11), "ses/secrets");
  EXPECT_EQ(ShortenMiddle("ses/secrets", 10), "ses/..rets");
  EXPECT_EQ(ShortenMiddle("ses/secrets", 5), "s..ts");
  EXPECT_EQ(Columns(ShortenMiddle("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97", 7)), 6U);
}

TEST(ConsoleText, Wrap) {
  EXPECT_EQ(Wrap("> ", "one two three", 20), "> one two three\n");
  EXPECT_EQ(Wrap("> ", "one two three", 10), "> one two\n  three\n");
  EXPECT_EQ(Wrap("> ", "one abcdefghijklmn", 10), "> one\n  abcdefgh\n  ijklmn\n");
  EXPECT_EQ(Wrap("> ", "one      two", 10), "> one\n  two\n");
  EXPECT_EQ(Wrap("> ", "", 10), "> \n");
}

TEST(ConsoleText, ShellQuote) {
  EXPECT_EQ(ShellQuote("ses/x/y"), "ses/x/y");
  EXPECT_EQ(ShellQuote("ses/*"), "'ses/*'");
  EXPECT_EQ(ShellQuote(""), "''");
  EXPECT_EQ(ShellQuote("it's $HOME \\"), "'it'\\''s $HOME \\'");
  EXPECT_EQ(ShellQuote("\x1b"), "'\\x1b'");
}

TEST(ConsoleText, PaintsOnlyWhereAsked) {
  EXPECT_EQ(Paint("x", Color::kRed, false), "x");
  EXPECT_EQ(Paint("x", Color::kRed, true), "\x1b[31mx\x1b[0m");
  EXPECT_EQ(Paint("", Color::kRed, true), "");
}

}  // namespace
}  // namespace sigvet
