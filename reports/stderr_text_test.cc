#include "reports/stderr_text.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

using Lines = std::vector<std::string>;

TEST(StderrLines, AreTheLastOnes) {
  EXPECT_EQ(StderrLines("a\nb\nc\n", 2), (Lines{"b", "c"}));
  EXPECT_EQ(StderrLines("a\nb\nc", 9), (Lines{"a", "b", "c"}));
  EXPECT_EQ(StderrLines("\na\n\nb\n\n\n", 9), (Lines{"", "a", "", "b"}));
  EXPECT_EQ(StderrLines("", 9), Lines());
  EXPECT_EQ(StderrLines("\r\n\n", 9), Lines());
}

TEST(StderrLines, KeepIndentationAndBackslashes) {
  EXPECT_EQ(StderrLines("  File \"C:\\x\"\r\n\tat Main\r\n", 9),
            (Lines{"  File \"C:\\x\"", "    at Main"}));
}

TEST(StderrLines, HaveNothingThatATerminalActsOn) {
  EXPECT_EQ(StderrLines("\x1b[31mred\x1b[0m \xff\x07 a\rb \xe2\x80\xae!\n", 9),
            Lines{"\\x1b[31mred\\x1b[0m \\xff\\x07 a\\rb \\u{202e}!"});
}

}  // namespace
}  // namespace sigvet
