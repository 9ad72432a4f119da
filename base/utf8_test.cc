#include "base/utf8.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

constexpr std::size_t kValid = std::string_view::npos;

TEST(FindInvalidUtf8, AcceptsEveryLength) {
  EXPECT_EQ(FindInvalidUtf8(""), kValid);
  EXPECT_EQ(FindInvalidUtf8(std::string_view("a\0\x7f", 3)), kValid);
  EXPECT_EQ(FindInvalidUtf8("\xc2\x80 \xdf\xbf"), kValid);
  EXPECT_EQ(FindInvalidUtf8("\xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80"), kValid);
  EXPECT_EQ(FindInvalidUtf8("\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"), kValid);
}

// The ill-formed sequences of RFC 3629 section 4 and Unicode's table 3-7.
TEST(FindInvalidUtf8, RefusesWhatIsIllFormed) {
  for (const char* bad : {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2z", "\xe0\x9f\xbf",
                          "\xe0\xa0", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf",
                          "\xf0\x90\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff"}) {
    EXPECT_EQ(FindInvalidUtf8(std::string("ab") + bad), 2U) << Visible(bad);
  }
}

TEST(Visible, LeavesTextAlone) {
  EXPECT_EQ(Visible("BLBM/9hS+=\"'<&> a b"), "BLBM/9hS+=\"'<&> a b");
  EXPECT_EQ(Visible("gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x8e"), "gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x8e");
}

TEST(Visible, ShowsWhatATerminalWouldHide) {
  EXPECT_EQ(Visible("a\nb\r\tc\\"), "a\\nb\\r\\tc\\\\");
  EXPECT_EQ(Visible(std::string_view("\0\x1b[31m\x7f", 7)), "\\x00\\x1b[31m\\x7f");
  EXPECT_EQ(Visible("\xff\xc2"), "\\xff\\xc2");
  EXPECT_EQ(Visible("\xc2\x85\xe2\x80\xae"), "\\u{85}\\u{202e}");
  EXPECT_EQ(Visible(" a b "), "\\x20a b\\x20");
}

TEST(Printable, KeepsBackslashesAndBlanks) {
  EXPECT_EQ(Printable(" a\\b \\x01 gr\xc3\xbc\xc3\x9f "), " a\\b \\x01 gr\xc3\xbc\xc3\x9f ");
}

TEST(Printable, ShowsWhatATerminalWouldActOn) {
  const std::string once = Printable("\n\r\t\x1b[31m\x7f\xff\xc2\x85\xe2\x80\xae\\ ");
  EXPECT_EQ(once, "\\n\\r\\t\\x1b[31m\\x7f\\xff\\u{85}\\u{202e}\\ ");
  EXPECT_EQ(Printable(once), once);
}

}  // namespace
}  // namespace sigvet
