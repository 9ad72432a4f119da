#include "base/ascii.h"

#include <gtest/gtest.h>

#include <string>

namespace sigvet {
namespace {

TEST(Ascii, OnlyItsCapitalsHaveALowerCase) {
  EXPECT_EQ(ToLowerAscii("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "abcdefghijklmnopqrstuvwxyz");
  for (int c = 0; c < 256; ++c) {
    if (c >= 'A' && c <= 'Z') continue;
    EXPECT_EQ(ToLowerAscii(static_cast<char>(c)), static_cast<char>(c)) << c;
  }
  EXPECT_EQ(ToLowerAscii("X-Amz-Date: \xC3\x84"), "x-amz-date: \xC3\x84");
  EXPECT_EQ(ToLowerAscii(""), "");
}

TEST(Ascii, ComparesWithoutLetterCase) {
  EXPECT_TRUE(SameButForAsciiCase("Https://", "hTTPS://"));
  EXPECT_TRUE(SameButForAsciiCase("", ""));
  EXPECT_FALSE(SameButForAsciiCase("Host", "Hos"));
  EXPECT_FALSE(SameButForAsciiCase("[", "{"));
  EXPECT_FALSE(SameButForAsciiCase("\xC3\x84", "\xC3\xA4"));
}

}  // namespace
}  // namespace sigvet
