#include "base/suggest.h"

#include <gtest/gtest.h>

#include <array>

namespace sigvet {
namespace {

constexpr std::array<std::string_view, 4> kBackends = {"openssl", "botan", "cryptopp", "builtin"};

TEST(Nearest, FindsMisspellings) {
  EXPECT_EQ(Nearest("opensll", kBackends), "openssl");
  EXPECT_EQ(Nearest("OpenSSL", kBackends), "openssl");
  EXPECT_EQ(Nearest("crypto++", kBackends), "cryptopp");
  EXPECT_EQ(Nearest("botna", kBackends), "botan");
  EXPECT_EQ(Nearest("built-in", kBackends), "builtin");
}

TEST(Nearest, DoesNotGuess) {
  EXPECT_EQ(Nearest("nettle", kBackends), "");
  EXPECT_EQ(Nearest("", kBackends), "");
  EXPECT_EQ(Nearest(std::string(100'000, 'b'), kBackends), "");
}

TEST(DidYouMean, IsAQuestionOrNothing) {
  EXPECT_EQ(DidYouMean("botam", kBackends), "did you mean \"botan\"?");
  EXPECT_EQ(DidYouMean("libressl", std::array<std::string_view, 1>{"botan"}), "");
}

}  // namespace
}  // namespace sigvet
