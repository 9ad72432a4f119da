#include "signing/percent_encoding.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace sigvet {
namespace {

constexpr std::string_view kUnreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";  // RFC 3986 section 2.3

std::string Every(std::string_view but) {
  std::string text;
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    if (but.find(c) == std::string_view::npos) text += c;
  }
  return text;
}

TEST(PercentEncode, LeavesWhatIsUnreserved) {
  EXPECT_EQ(PercentEncode(kUnreserved, BareCharacters::kUnreserved), kUnreserved);
  EXPECT_EQ(PercentEncode("", BareCharacters::kUnreserved), "");
}

TEST(PercentEncode, EncodesAllOtherBytes) {
  const std::string others = Every(kUnreserved);
  ASSERT_EQ(others.size(), 256U - 66U);
  const std::string encoded = PercentEncode(others, BareCharacters::kUnreserved);
  EXPECT_EQ(encoded.size(), 3 * others.size());
  EXPECT_EQ(PercentDecode(encoded), others);
  EXPECT_EQ(PercentEncode(" !/+%\x7F\xFF", BareCharacters::kUnreserved), "%20%21%2F%2B%25%7F%FF");
}

TEST(PercentEncode, KeepsASlashWhereAskedTo) {
  EXPECT_EQ(PercentEncode("/a b/c", BareCharacters::kUnreservedAndSlash), "/a%20b/c");
}

TEST(PercentEncode, KeepsWhatAPathMayHave) {
  // pchar of RFC 3986 section 3.3, its escapes and the slash.
  constexpr std::string_view kPath = "/:@!$&'()*+,;=-._~%41";
  EXPECT_EQ(PercentEncode(kPath, BareCharacters::kUrlPath), kPath);
  EXPECT_EQ(PercentEncode("/ \"#<>?[\\]^`{|}", BareCharacters::kUrlPath),
            "/%20%22%23%3C%3E%3F%5B%5C%5D%5E%60%7B%7C%7D");
}

TEST(PercentEncode, AppendsToWhatIsThere) {
  std::string out = "a=";
  AppendPercentEncoded(out, "b c", BareCharacters::kUnreserved);
  EXPECT_EQ(out, "a=b%20c");
}

TEST(Reencode, DecodesAndEncodesAnew) {
  const auto reencoded = [](std::string_view text, BareCharacters bare) {
    std::string out;
    AppendReencoded(out, text, bare);
    return out;
  };
  EXPECT_EQ(reencoded("%41%7e%2f/ +%c3%A9", BareCharacters::kUnreserved), "A~%2F%2F%20%2B%C3%A9");
  EXPECT_EQ(reencoded("/a%2fb/%61", BareCharacters::kUnreservedAndSlash), "/a%2Fb/a");
  EXPECT_EQ(reencoded("%2541", BareCharacters::kUnreserved), "%2541");
  EXPECT_EQ(reencoded("", BareCharacters::kUnreserved), "");
}

TEST(PercentDecode, IsTheInverse) {
  EXPECT_EQ(PercentDecode("a%20b+c%2b%00"), std::string("a b+c+\0", 7));
  EXPECT_EQ(PercentDecode(""), "");
  const std::string all = Every("");
  EXPECT_EQ(PercentDecode(PercentEncode(all, BareCharacters::kUnreserved)), all);
}

TEST(PercentDecode, RefusesBadEscapes) {
  for (const std::string_view bad : {"%", "%4", "a%", "%g1", "%1g", "%%41", "%41%", "% 1", "%-1"}) {
    EXPECT_EQ(PercentDecode(bad), std::nullopt) << bad;
  }
}

TEST(FindBadPercentEscape, SaysWhere) {
  EXPECT_EQ(FindBadPercentEscape("no escape"), std::string_view::npos);
  EXPECT_EQ(FindBadPercentEscape("%41%aF"), std::string_view::npos);
  EXPECT_EQ(FindBadPercentEscape("ab%4"), 2U);
  EXPECT_EQ(FindBadPercentEscape("%41%zz%"), 3U);
}

TEST(BadPercentEscape, SaysWhatIsWrong) {
  EXPECT_EQ(ToString(BadPercentEscape("the path", "/a%zz", 2)),
            "the path has a percent sign without two hex digits: \"%zz\" at byte 3 "
            "(a percent sign itself is %25)");
}

}  // namespace
}  // namespace sigvet
