#include "diagnosis/value_structure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "backends/backend_registry.h"
#include "diagnosis/test_searches.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

class ValueStructure : public ::testing::Test {
 protected:
  std::vector<std::string> OfPassword(std::string_view value) {
    return DescribeStructure(Searched::Password(backend_, 4, kSecret, "us-east-1").right(), {},
                             value);
  }

  std::vector<std::string> OfSignature(std::string_view value) {
    return DescribeStructure(Searched::Policy(backend_, kSecret).right(), {}, value);
  }

  BackendResult made_ = MakeAnyBackend();
  Backend& backend_ = **made_;
};

TEST_F(ValueStructure, OfARightFormThereIsNothingToSay) {
  EXPECT_THAT(OfPassword("BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"), IsEmpty());
  EXPECT_THAT(OfSignature(std::string(64, 'a')), IsEmpty());
}

// What published scripts and real programs gave for the secret in us-east-1.
TEST_F(ValueStructure, TheVersionStandsInTheFirstCharacters) {
  struct Row {
    const char* value;
    const char* sentence;
  };
  constexpr Row kRows[] = {
      {"An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy", "version 2, where the byte 4 belongs"},
      {"A7BM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9", "version 3, where the byte 4 belongs"},
      {"ALBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9", "version 0, where the byte 4 belongs"},
      {"NLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9",
       "the first byte is the digit 4 (the byte 0x34), where the byte 4 belongs"},
      {"Mn60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy",
       "the first byte is the digit 2 (the byte 0x32), where the byte 4 belongs"},
      {"sEz/2FJQQt+rwbD6tTVhwGOQ7EZuFPZcbvrfFUsZYv0E",
       "the byte 4 stands at the end, where it belongs before the MAC"},
      {"MHgwNLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9",
       "the text \"0x04\" in front, where the byte 4 belongs"},
      {"XHgwNLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9",
       R"(the text "\\x04" in front, where the byte 4 belongs)"},
      {"AAAABLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9",
       "the version was written as an integer of 4 bytes, where the byte 4 belongs"},
      {"AHgyfrRThkPex3h+D4W9dSNrI6KlO3ws7itRSaGl1fpy0PI=",
       R"(a NUL, "x" and a digit in front, which Python makes of '\0x4', where the byte 4 belongs)"},
      {"LWVuIFx4MDIKfrRThkPex3h+D4W9dSNrI6KlO3ws7itRSaGl1fpy0PI=",
       R"("-en \\x02\n" in front: what the echo of a plain sh prints, where the byte 4 belongs)"},
      {"sEz/2FJQQt+rwbD6tTVhwGOQ7EZuFPZcbvrfFUsZYv0=",
       "base64 of 32 bytes: a MAC without its version byte"},
      {"sEz/2FJQQt+rwbD6tTVhwGOQ7EZuFPZcbvrfFUsZYv0",
       "base64 of 32 bytes: a MAC without its version byte, and without the padding that then "
       "belongs at its end"},
  };
  for (const Row& row : kRows) {
    EXPECT_THAT(OfPassword(row.value), ElementsAre(row.sentence)) << row.value;
  }
}

TEST_F(ValueStructure, AlphabetAndLengthShowTheEncoding) {
  struct Row {
    std::string_view value;
    const char* sentence;
  };
  constexpr Row kRows[] = {
      {"BLBM_9hSUELfq8Gw-rU1YcBjkOxGbhT2XG763xVLGWL9",
       "hyphens or underlines in it: the URL-safe alphabet of base64, where + and / belong"},
      {"04b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd",
       "66 hex digits, where base64 belongs: a version and a MAC"},
      {"b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd",
       "64 hex digits, where base64 belongs: a MAC without its version"},
      {"MDRiMDRjZmZkODUyNTA0MmRmYWJjMWIwZmFiNTM1NjFjMDYzOTBlYzQ2NmUxNGY2NWM2ZWZhZGYxNTRiMTk2MmZk",
       "base64 of 66 hex digits, where it is that of the 33 bytes themselves"},
      {"BGIwNGNmZmQ4NTI1MDQyZGZhYmMxYjBmYWI1MzU2MWMwNjM5MGVjNDY2ZTE0ZjY1YzZlZmFkZjE1NGIxOTYyZmQ=",
       "base64 of a byte and 64 hex digits: the MAC was taken as hex, not as bytes"},
      {"QkxCTS85aFNVRUxmcThHdytyVTFZY0Jqa094R2JoVDJYRzc2M3hWTEdXTDk=",
       "base64 of base64: it was encoded twice"},
      {"BGInXHhiMExceGZmXHhkOFJQQlx4ZGZceGFiXHhjMVx4YjBceGZhXHhiNTVhXHhjMGNceDkwXHhlY0ZuXHgxNFx4ZjZ"
       "c"
       "XG5ceGZhXHhkZlx4MTVLXHgxOWJceGZkJw==",
       "base64 of b'...': Python's str() of bytes stands in the place of the MAC"},
      {"BMKwTMO/w5hSUELDn8Krw4HCsMO6wrU1YcOAY8KQw6xGbhTDtlxuw7rDnxVLGWLDvQ==",
       "base64 of 49 bytes that are UTF-8: the MAC's bytes were taken for characters"},
      {"BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9\n", "a line break at its end"},
      {"BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9\r\n", "a line break (CR LF) at its end"},
      {" BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9", "white space at its beginning"},
      {"b'BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9'",
       "b'...' around it, as Python prints bytes that were not decoded"},
      {"\"BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9\"", "quotation marks around it"},
      {"AKIAIOSFODNN7EXAMPLE",
       "20 characters that begin with AKIA: an access key id, where a password belongs"},
      {"", "nothing: an empty text"},
  };
  for (const Row& row : kRows) {
    EXPECT_THAT(OfPassword(row.value), ElementsAre(row.sentence)) << row.value;
  }
}

TEST_F(ValueStructure, LengthShowsAnotherHash) {
  EXPECT_THAT(OfPassword("BFay24kCV4LXSFIQaaSzmfi+L4ZP"),
              ElementsAre("28 characters, where a right one has 44",
                          "base64 of 21 bytes: a version and the 20 of HMAC with SHA-1, not with "
                          "SHA-256"));
  EXPECT_THAT(OfPassword("BJU9hdY/W4EQX3LmYr3OmkI="),
              ElementsAre("24 characters, where a right one has 44",
                          "base64 of 17 bytes: a version and the 16 of HMAC with MD5, not with "
                          "SHA-256"));
  EXPECT_THAT(
      OfPassword("BEN/FfJ16dcV8VI3ZmdvYfkrFpLuS0of2DXpJp1ZYiJsTeesP+Chc4k8QH9XFpUvzayQbVR79d+"
                 "1S61j5bng3+A="),
      ElementsAre("88 characters, where a right one has 44",
                  "base64 of 65 bytes: a version and the 64 of HMAC with SHA-512, not with "
                  "SHA-256"));
  EXPECT_THAT(OfPassword("BDD9Eg4MIv2VOv1y/UX9H1lK/f19Z/1J/UT9Lv0="),
              ElementsAre("40 characters, where a right one has 44",
                          "many bytes 0xfd in it, the low ones of U+FFFD: the MAC was decoded as "
                          "UTF-8",
                          "base64 of 29 bytes, where there are 33: a version and the 32 of a MAC"));
  EXPECT_THAT(OfPassword(kSecret),
              ElementsAre("40 characters, where a right one has 44",
                          "as long as secret access keys are: the secret itself?",
                          "base64 of 30 bytes, where there are 33: a version and the 32 of a MAC"));
}

TEST_F(ValueStructure, OtherCharactersAreShownWithTheirPlaces) {
  EXPECT_THAT(OfPassword("BLBM%2F9hSUELfq8Gw"),
              ElementsAre("\"%\" as character 5, which base64 does not have",
                          "18 characters, where a right one has 44"));
  EXPECT_THAT(OfPassword("B\x01"),
              ElementsAre("\"\\x01\" as character 2, which base64 does not have",
                          "2 characters, where a right one has 44"));
}

TEST_F(ValueStructure, OfSignaturesAndKeys) {
  struct Row {
    std::string value;
    const char* sentence;
  };
  const std::string digits(64, 'a');
  const Row rows[] = {
      {std::string(64, 'A'), "hex digits in upper case, where lower case belongs"},
      {digits + "\n", "a line break at its end"},
      {std::string(40, '0'),
       "40 hex digits, where a right one has 64: as many as HMAC with SHA-1 gives"},
      {std::string(128, '0'),
       "128 hex digits, where a right one has 64: as many as HMAC with SHA-512 gives"},
      {std::string(63, '0'), "63 hex digits, where a right one has 64"},
      {"0x" + digits, "0x before the hex digits"},
      {"(stdin)= " + digits, R"("(stdin)=\x20" before the 64 hex digits)"},
      {"AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=" + digits,
       "Signature= in it: a whole header or URL, where the 64 digits after it are asked for"},
      // Base64 of 32 and of 20 bytes of zeros.
      {std::string(43, 'A') + "=",
       "base64 of 32 bytes, the MAC, where 64 lower-case hex digits belong"},
      {std::string(27, 'A') + "=",
       "base64 of 20 bytes, as many as HMAC with SHA-1 gives, where 64 lower-case hex digits "
       "belong"},
      {std::string(32, '\xFF'),
       "32 bytes that are not text: a MAC as it is, where its hex digits belong"},
      {"no signature", "\"n\" as character 1, where 64 lower-case hex digits belong"},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(OfSignature(row.value), ElementsAre(row.sentence)) << row.value;
  }
  std::string twice;
  for (std::size_t i = 0; i < 64; ++i) twice += "61";
  EXPECT_THAT(OfSignature(twice), ElementsAre("hex of hex digits: it was encoded twice"));
}

TEST_F(ValueStructure, OfChainsTheFirstOddLineIsDescribed) {
  const Searched chunks = Searched::Chunks(backend_, kSecret);
  const std::string right = chunks.Right({});
  EXPECT_THAT(DescribeStructure(chunks.right(), {}, right), IsEmpty());
  std::string upper = right;
  upper.replace(0, 64, std::string(64, 'A'));
  EXPECT_THAT(DescribeStructure(chunks.right(), {}, upper),
              ElementsAre("line 1: hex digits in upper case, where lower case belongs"));
  EXPECT_THAT(DescribeStructure(chunks.right(), {}, std::string(64, 'a')),
              ElementsAre("1 line, where there are 4 signatures, a line each"));
}

TEST_F(ValueStructure, OfTextsThereIsNothingToSay) {
  const Searched policy = Searched::Policy(backend_, kSecret);
  EXPECT_THAT(DescribeStructure(policy.right(), {Stage::Kind::kStringToSign}, "x"), IsEmpty());
  EXPECT_THAT(DescribeStructure(policy.right(), {Stage::Kind::kKey, 1}, "x"), ::testing::SizeIs(1));
}

}  // namespace
}  // namespace sigvet
