#include "base/hex.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>

namespace sigvet {
namespace {

TEST(Hex, WritesTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(ToHex(Bytes{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
  EXPECT_EQ(ToHex(Bytes{}), "");
}

TEST(Hex, WritesEveryByte) {
  Digest digest;
  for (unsigned first = 0; first < 256; first += kDigestBytes) {
    std::string expected;
    for (unsigned i = 0; i < kDigestBytes; ++i) {
      digest[i] = static_cast<std::uint8_t>(first + i);
      std::array<char, 16> digits{};
      std::snprintf(digits.data(), digits.size(), "%02x", first + i);
      expected += digits.data();
    }
    EXPECT_EQ(ToHex(digest), expected);
    const HexDigest text = ToHexDigest(digest);
    EXPECT_EQ(std::string(text.data(), text.size()), expected);
  }
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

TEST(Hex, ADigestIs64LowerCaseDigits) {
  const std::string digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  EXPECT_TRUE(IsHexDigest(digits));
  EXPECT_FALSE(IsHexDigest(""));
  EXPECT_FALSE(IsHexDigest(digits.substr(1)));
  EXPECT_FALSE(IsHexDigest(digits + "0"));
  for (int c = 0; c < 256; ++c) {
    const bool is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    for (const std::size_t at : {std::size_t{0}, std::size_t{63}}) {
      std::string text = digits;
      text[at] = static_cast<char>(c);
      EXPECT_EQ(IsHexDigest(text), is_digit) << c;
    }
  }
}

}  // namespace
}  // namespace sigvet
