#include "backends/base64_strict.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "backends/builtin/base64.h"

namespace sigvet {
namespace {

TEST(Base64Strict, AcceptsWhatRfc4648Gives) {
  for (const char* text :
       {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy", "+/+/"}) {
    EXPECT_TRUE(IsCanonicalBase64(text)) << text;
  }
}

TEST(Base64Strict, RefusesTheRest) {
  for (const char* text : {"Z", "Zg", "Zg=", "=", "====", "Z===", "Zh==", "Zm9=", "Zm9v\n", "Zm9 ",
                           "-_-_", "Zg==Zg=="}) {
    EXPECT_FALSE(IsCanonicalBase64(text)) << text;
  }
}

// Two programs that have nothing in common: the check before a library's decoder, and the decoder
// of the built-in backend.
TEST(Base64Strict, AgreesWithTheBuiltInDecoder) {
  const std::string characters("AQgwEBR/+9z==-_ \n\0\x80", 19);
  const std::size_t count = characters.size();
  std::string text(8, 'A');
  for (std::size_t i = 0; i < count * count * count * count; ++i) {
    std::size_t rest = i;
    for (std::size_t at = 4; at < 8; ++at, rest /= count) text[at] = characters[rest % count];
    for (const std::size_t start : std::initializer_list<std::size_t>{0, 1, 4}) {
      const std::string_view tail = std::string_view(text).substr(start);
      ASSERT_EQ(IsCanonicalBase64(tail), DecodeBase64(tail).has_value()) << tail;
    }
  }
}

}  // namespace
}  // namespace sigvet
