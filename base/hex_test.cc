#include "base/hex.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

TEST(Hex, WritesTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(ToHex(Bytes{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
  EXPECT_EQ(ToHex(Bytes{}), "");
}

TEST(Hex, ReadsBothCases) {
  EXPECT_EQ(FromHex("000FA5ff"), (Bytes{0x00, 0x0f, 0xa5, 0xff}));
  EXPECT_EQ(FromHex(""), Bytes{});
}

TEST(Hex, RefusesOddLengthsAndOtherCharacters) {
  EXPECT_EQ(FromHex("0"), std::nullopt);
  EXPECT_EQ(FromHex("000"), std::nullopt);
  for (int c = 0; c < 256; ++c) {
    const char digit = static_cast<char>(c);
    const bool is_digit =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    EXPECT_EQ(FromHex(std::string{'0', digit}).has_value(), is_digit) << c;
    EXPECT_EQ(FromHex(std::string{digit, '0'}).has_value(), is_digit) << c;
  }
}

}  // namespace
}  // namespace sigvet
