#include "signing/text_scan.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace sigvet {
namespace {

TEST(FindBlankOrControl, FindsEachByteAtEachPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool counts = byte <= 0x20 || byte == 0x7F;
    for (std::size_t size = 1; size <= 20; ++size) {
      for (std::size_t position = 0; position < size; ++position) {
        std::string text(size, 'x');
        text[position] = static_cast<char>(byte);
        ASSERT_EQ(FindBlankOrControl(text), counts ? position : size) << byte << ' ' << size;
      }
    }
  }
}

// The bytes on either side of the bounds, next to what is found: a borrow must not matter.
TEST(FindBlankOrControl, FindsTheFirst) {
  for (const std::string_view rest : {"!!!!!!!!", "~~~~~~~~", "\x80\x80\x80\x80\x80\x80\x80\x80",
                                      "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"}) {
    const std::string text = std::string(rest) + "\x20" + std::string(rest) + "\x7F\x01";
    EXPECT_EQ(FindBlankOrControl(text), 8U);
    EXPECT_EQ(FindBlankOrControl(text, 8), 8U);
    EXPECT_EQ(FindBlankOrControl(text, 9), 17U);
    EXPECT_EQ(FindBlankOrControl(text, 18), 18U);
    EXPECT_EQ(FindBlankOrControl(text, 19), 19U);
    EXPECT_EQ(FindBlankOrControl(rest), 8U);
  }
  EXPECT_EQ(FindBlankOrControl(""), 0U);
  EXPECT_EQ(FindBlankOrControl("a b", 2), 3U);
}

TEST(CopyToBlankOrControl, CopiesUpToEachByteAtEachPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool counts = byte <= 0x20 || byte == 0x7F;
    for (std::size_t size = 1; size <= 20; ++size) {
      for (std::size_t position = 0; position < size; ++position) {
        std::string text = std::string("abcdefghijklmnopqrstuvwxyz").substr(0, size);
        text[position] = static_cast<char>(byte);
        std::string to(size + 1, '#');
        const std::size_t copied = CopyToBlankOrControl(to.data(), text);
        ASSERT_EQ(copied, counts ? position : size) << byte << ' ' << size;
        ASSERT_EQ(to.substr(0, copied), text.substr(0, copied)) << byte << ' ' << size;
        ASSERT_EQ(to.back(), '#') << byte << ' ' << size;
      }
    }
  }
  EXPECT_EQ(CopyToBlankOrControl(nullptr, ""), 0U);
}

/// `byte` at `position` among eight that are each `rest`.
std::uint64_t EightWith(int byte, std::size_t position, char rest) {
  std::string eight(8, rest);
  eight[position] = static_cast<char>(byte);
  return LoadEight(eight.data());
}

TEST(AreVisibleAscii, HoldsWhereAllAre) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t position = 0; position < 8; ++position) {
      for (const char rest : {'!', 'a', '~'}) {
        ASSERT_EQ(AreVisibleAscii(EightWith(byte, position, rest)), byte > 0x20 && byte < 0x7F)
            << byte << ' ' << position << ' ' << rest;
      }
      for (const char rest : {'\0', ' ', '\x7F', '\x80', '\xFF'}) {
        ASSERT_FALSE(AreVisibleAscii(EightWith(byte, position, rest))) << byte << ' ' << position;
      }
    }
  }
}

TEST(TopsWhereBetween, TellsCharactersOfARange) {
  for (int byte = 0; byte < 128; ++byte) {
    for (std::size_t position = 0; position < 8; ++position) {
      for (const char rest : {'\0', 'A', 'Z', '\x7F'}) {
        std::string expected(8, rest == 'A' || rest == 'Z' ? '\x80' : '\0');
        expected[position] = byte >= 'A' && byte <= 'Z' ? '\x80' : '\0';
        const std::uint64_t tops = TopsWhereBetween(EightWith(byte, position, rest), 'A', 'Z');
        ASSERT_EQ(tops & EightTimes(0x80), LoadEight(expected.data())) << byte << ' ' << position;
      }
    }
  }
}

}  // namespace
}  // namespace sigvet
