#include "diagnosis/output_form.h"

#include <gtest/gtest.h>

#include <string>

#include "backends/backend_registry.h"

namespace sigvet {
namespace {

using Encoding = OutputForm::Encoding;
using MacText = OutputForm::MacText;

std::string Rendered(const OutputForm& form, std::string_view mac) {
  return Render(**MakeAnyBackend(), form, AsBytes(mac));
}

// CPython's base64, binascii and str; the last two by a C program with signed characters.
TEST(OutputFormTest, EncodesAsItSays) {
  constexpr struct {
    Encoding encoding;
    const char* text;
  } kRows[] = {
      {Encoding::kBase64, "+/9hgA=="},
      {Encoding::kUrlSafeBase64, "-_9hgA=="},
      {Encoding::kLowerHex, "fbff6180"},
      {Encoding::kUpperHex, "FBFF6180"},
      {Encoding::kHexOfHex, "6662666636313830"},
      {Encoding::kBase64OfHex, "ZmJmZjYxODA="},
      {Encoding::kBase64Twice, "Ky85aGdBPT0="},
      {Encoding::kNone, "\xFB\xFF\x61\x80"},
      {Encoding::kSignedGroupBase64, "//9hgA=="},
      {Encoding::kSignedPairBase64, "+/9hgA=="},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(Rendered({.encoding = row.encoding}, "\xFB\xFF\x61\x80"), row.text);
  }
}

TEST(OutputFormTest, WritesVersionAndMacAsItSays) {
  constexpr struct {
    MacText mac_text;
    const char* hex;
  } kRows[] = {
      {MacText::kBytes, "04e96100620a"},
      {MacText::kLowerHex, "0465393631303036323061"},
      {MacText::kUpperHex, "0445393631303036323041"},
      {MacText::kBase64,
       "04365745415967"
       "6f3d"},
      {MacText::kUtf8, "04c3a96100620a"},
      {MacText::kLossyLowBytes, "04fd6100620a"},
      {MacText::kPythonBytes,
       "046227"
       "5c7865396"
       "15c783030625c6e27"},
      {MacText::kCutAtNul, "04e961"},
      {MacText::kShellText, "04e96162"},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(Rendered({.version = "\4", .mac_text = row.mac_text}, std::string_view("\xE9"
                                                                                     "a\0b\n",
                                                                                     5)),
              row.hex);
  }
}

TEST(OutputFormTest, PutsVersionPaddingAndEndsWhereItSays) {
  EXPECT_EQ(Rendered({.version = "\4", .version_is_last = true}, "a"), "6104");
  EXPECT_EQ(Rendered({.encoding = Encoding::kBase64, .without_padding = true}, "a"), "YQ");
  EXPECT_EQ(Rendered({.encoding = Encoding::kBase64, .without_padding = true}, "abc"), "YWJj");
  EXPECT_EQ(Rendered({.before = "b'", .after = "'"}, "a"), "b'61'");
}

}  // namespace
}  // namespace sigvet
