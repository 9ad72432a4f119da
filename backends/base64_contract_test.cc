#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "backends/contract_fixture.h"
#include "base/hex.h"

namespace sigvet {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kTwoBitsZero = "AEIMQUYcgkosw048";
constexpr std::string_view kFourBitsZero = "AQgw";

TEST_P(BackendContract, Base64OfRfc4648) {
  const struct {
    std::string bytes;
    std::string text;
  } examples[] = {{"", ""},
                  {"f", "Zg=="},
                  {"fo", "Zm8="},
                  {"foo", "Zm9v"},
                  {"foob", "Zm9vYg=="},
                  {"fooba", "Zm9vYmE="},
                  {"foobar", "Zm9vYmFy"}};
  for (const auto& example : examples) {
    EXPECT_EQ(backend().Base64Encode(AsBytes(example.bytes)), example.text);
    const std::optional<Bytes> decoded = backend().Base64Decode(example.text);
    ASSERT_TRUE(decoded.has_value()) << example.text;
    EXPECT_EQ(AsText(*decoded), example.bytes);
  }
}

// The bytes of each text are counted through in the order of the alphabet:
// RFC 4648 section 4, table 1.
TEST_P(BackendContract, Base64OfTheWholeAlphabet) {
  const std::optional<Bytes> decoded = backend().Base64Decode(kAlphabet);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(ToHex(*decoded),
            "00108310518720928b30d38f41149351559761969b71d79f8218a39259a7a29aabb2dbafc31cb3d35db7"
            "e39ebbf3dfbf");
  EXPECT_EQ(backend().Base64Encode(*decoded), kAlphabet);
}

// python3 -c 'import base64, hashlib
// print(hashlib.sha256(b"".join(
//     base64.b64encode(bytes((i * 7 + 3 * n) % 256 for i in range(n))) for n in range(101)
// )).hexdigest())'
TEST_P(BackendContract, Base64OfEveryLengthUpTo100) {
  std::string texts;
  for (std::size_t n = 0; n <= 100; ++n) {
    const Bytes bytes = Pattern(n, 7, 3 * n);
    const std::string text = backend().Base64Encode(bytes);
    ASSERT_EQ(text.size(), (n + 2) / 3 * 4);
    ASSERT_EQ(backend().Base64Decode(text), bytes) << n << " bytes";
    texts += text;
  }
  EXPECT_EQ(ToHex(backend().Sha256(AsBytes(texts))),
            "7caa1753555799314280fd3c406ac00d077cbae099dfba29c4a04222ac78e4d3");
}

TEST_P(BackendContract, Base64RoundTripOfEveryByteAtEveryPlace) {
  for (std::size_t size = 1; size <= 6; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        Bytes bytes(size, 0x5A);
        bytes[at] = static_cast<std::uint8_t>(byte);
        ASSERT_EQ(backend().Base64Decode(backend().Base64Encode(bytes)), bytes)
            << byte << " at " << at << " of " << size;
      }
    }
  }
}

// python3 -c 'import base64, hashlib
// data = bytes((i ^ i >> 8 ^ i >> 16) & 255 for i in range((3 << 20) + 1))
// for n in 3 << 20, (3 << 20) + 1:
//   print(n, hashlib.sha256(base64.b64encode(data[:n])).hexdigest())'
TEST_P(BackendContract, Base64Of3MiB) {
  const struct {
    std::size_t size;
    std::string digest;
  } cases[] = {
      {3 << 20, "8ece205b5a625d920e9bec1d53d520e3425b67b8b99c5fbbdd96fc62a67729bd"},
      {(3 << 20) + 1, "19b63fef0fc6e0a3ada669b20d15b8b28c909c415ee3be42b8a5d7324d7522f6"},
  };
  const Bytes bytes = BigPattern((3 << 20) + 1);
  for (const auto& c : cases) {
    const ByteView input = ByteView(bytes).first(c.size);
    const std::string text = backend().Base64Encode(input);
    EXPECT_EQ(ToHex(backend().Sha256(AsBytes(text))), c.digest) << c.size;
    const std::optional<Bytes> decoded = backend().Base64Decode(text);
    ASSERT_TRUE(decoded.has_value()) << c.size;
    EXPECT_TRUE(std::equal(decoded->begin(), decoded->end(), input.begin(), input.end()));
  }
}

// Each character of a good text in turn is replaced by each of the 256 bytes: what is accepted then
// must be exactly what the place allows, and be what the decoded bytes encode to. (The last place
// of "QUJD" allows no padding: the 'J' before it has trailing bits.)
TEST_P(BackendContract, Base64DecodeAcceptsNothingElseAtAnyPlace) {
  const std::string any(kAlphabet);
  const std::string two(kTwoBitsZero);
  const std::string four(kFourBitsZero);
  const struct {
    std::string text;
    std::vector<std::string> allowed;  ///< at each place of the text
  } cases[] = {
      {"QUJD", {any, any, any, any}},
      {"QUI=", {any, any, two, any + "="}},
      {"QQ==", {any, four, two + "=", "="}},
      {"QUJDQUJD", {any, any, any, any, any, any, any, any}},
      {"QUJDQUI=", {any, any, any, any, any, any, two, any + "="}},
      {"QUJDQQ==", {any, any, any, any, any, four, two + "=", "="}},
  };
  for (const auto& c : cases) {
    for (std::size_t at = 0; at < c.text.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = c.text;
        text[at] = static_cast<char>(byte);
        const bool good = c.allowed[at].find(text[at]) != std::string::npos;
        const std::optional<Bytes> decoded = backend().Base64Decode(text);
        ASSERT_EQ(decoded.has_value(), good) << c.text << ": byte " << byte << " at " << at;
        if (good) {
          ASSERT_EQ(backend().Base64Encode(*decoded), text);
        }
      }
    }
  }
}

TEST_P(BackendContract, Base64DecodeRefusesWhatNoEncoderWrites) {
  using std::string_literals::operator""s;
  const struct {
    std::string text;
    std::string why;
  } cases[] = {
      {"Q", "1 character"},
      {"QQ", "2 characters: padding missing"},
      {"QUI", "3 characters: padding missing"},
      {"QQ=", "half of the padding missing"},
      {"QUJDQ", "5 characters"},
      {"QUJDQUI", "7 characters: padding missing"},
      {"=", "padding alone"},
      {"==", "padding alone"},
      {"===", "padding alone"},
      {"====", "padding alone"},
      {"Q===", "three of padding"},
      {"QQ===", "surplus padding"},
      {"QUI==", "surplus padding"},
      {"QUJD=", "surplus padding"},
      {"QUJD==", "surplus padding"},
      {"QUJD====", "a group of padding"},
      {"QUI=====", "surplus padding"},
      {"QQ==QUJD", "inner padding"},
      {"QUI=QUJD", "inner padding"},
      {"QQ==QQ==", "two texts joined"},
      {"Q=Q=", "inner padding"},
      {"=QUJ", "padding at the start"},
      {"QR==", "trailing bits"},
      {"QUJ=", "trailing bits"},
      {"Qf==", "trailing bits"},
      {"QU-_", "the URL-safe alphabet"},
      {"-_-_", "the URL-safe alphabet"},
      {"QUJD\n", "a line end at the end"},
      {"QUJD\r\n", "a line end at the end"},
      {"QUI=\n", "a line end after the padding"},
      {"QQ==\r\n\r\n", "line ends to a multiple of 4"},
      {"QUJD    ", "blanks to a multiple of 4"},
      {"    QUJD", "blanks at the start"},
      {" QUJ", "a blank at the start"},
      {"\nQUJ", "a line end at the start"},
      {"QUJD\n\n\n\nQUJD", "line ends in the middle"},
      {"QU\tD", "a tab in the middle"},
      {"QU D", "a blank in the middle"},
      {"QUJDQU I=", "a blank in the middle"},
      {"QQ= ", "a blank for padding"},
      {"Q Q=", "a blank before padding"},
      {"QUJD\0"s, "a NUL at the end"},
      {"\0\0\0\0"s, "NULs"},
      {"QQ\0\0"s, "NULs for padding"},
      {"QUJD\0\0\0\0"s, "a group of NULs"},
      {"QU\xc3\xa4", "UTF-8"},
      {"\xef\xbb\xbfQUJDQ", "a byte order mark"},
      {"data:text/plain;base64,QUJD", "a data URL"},
  };
  for (const auto& c : cases) {
    EXPECT_FALSE(backend().Base64Decode(c.text).has_value()) << c.why << ": \"" << c.text << '"';
  }
}

// A decoder that kept a part of a refused text would give it out with the next one.
TEST_P(BackendContract, Base64RefusalLeavesNothingBehind) {
  ASSERT_FALSE(backend().Base64Decode("QUJDQUJDQ===").has_value());
  const std::optional<Bytes> decoded = backend().Base64Decode("Zm9v");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(AsText(*decoded), "foo");
  EXPECT_EQ(backend().Base64Encode(AsBytes("fo")), "Zm8=");
}

TEST_P(BackendContract, Base64OfUnalignedViews) {
  const Bytes buffer = Pattern(64, 7, 3);
  for (std::size_t at = 0; at < 16; ++at) {
    const ByteView view = ByteView(buffer).subspan(at, 41);
    const Bytes apart(view.begin(), view.end());
    const std::string text = backend().Base64Encode(view);
    EXPECT_EQ(text, backend().Base64Encode(apart));
    const std::string shifted = std::string(at, '!') + text + '!';
    EXPECT_EQ(backend().Base64Decode(std::string_view(shifted).substr(at, text.size())), apart);
  }
}

TEST_P(BackendContract, Base64WrittenToItsPlaceAndNoFurther) {
  for (std::size_t size = 0; size <= 100; ++size) {
    const Bytes bytes = Pattern(size, 7, 3);
    const std::string expected = backend().Base64Encode(bytes);
    ASSERT_EQ(expected.size(), Base64Size(size));
    std::string text(expected.size() + 2, '!');
    backend().Base64Encode(bytes, std::span(text).subspan(1, expected.size()));
    ASSERT_EQ(text, '!' + expected + '!') << size << " bytes";
  }
}

TEST_P(BackendContract, Base64RefusesAPlaceOfAnotherSize) {
  std::string text(5, '!');
  EXPECT_DEATH(backend().Base64Encode(AsBytes("foo"), text), "exactly its size");
  EXPECT_DEATH(backend().Base64Encode(AsBytes("foo"), std::span(text).first(3)),
               "exactly its size");
}

}  // namespace
}  // namespace sigvet
