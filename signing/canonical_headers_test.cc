#include "signing/canonical_headers.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/utf8.h"

namespace sigvet {
namespace {

using Headers = std::vector<HttpHeader>;

std::string Lines(const Headers& headers) {
  const auto canonical = CanonicalizeHeaders(headers);
  return canonical ? canonical->lines : "refused: " + canonical.error().message;
}

std::string Value(std::string_view value) {
  const auto canonical = CanonicalHeaderValue({"My-Header1", std::string(value)});
  return canonical ? *canonical : "refused: " + canonical.error().message;
}

TEST(CanonicalHeaders, AreLowerCasedAndSortedByName) {
  const auto canonical = CanonicalizeHeaders(Headers{{"X-Amz-Date", "20150830T123600Z"},
                                                     {"Host", "example.amazonaws.com"},
                                                     {"MY-HEADER1", "VALUE"}});
  ASSERT_TRUE(canonical.ok());
  EXPECT_EQ(canonical->lines,
            "host:example.amazonaws.com\nmy-header1:VALUE\nx-amz-date:20150830T123600Z\n");
  EXPECT_EQ(canonical->signed_headers, "host;my-header1;x-amz-date");
}

// A name that another begins with comes first: `:` plays no part, which is after `-` and digits.
TEST(CanonicalHeaders, AreSortedByNameAlone) {
  const auto canonical = CanonicalizeHeaders(
      Headers{{"X-Amz-Meta-Ab", "1"}, {"X-Amz-Meta-A-B", "3"}, {"X-Amz-Meta-A", "2"}});
  ASSERT_TRUE(canonical.ok());
  EXPECT_EQ(canonical->lines, "x-amz-meta-a:2\nx-amz-meta-a-b:3\nx-amz-meta-ab:1\n");
  EXPECT_EQ(canonical->signed_headers, "x-amz-meta-a;x-amz-meta-a-b;x-amz-meta-ab");
}

TEST(CanonicalHeaders, JoinRepeatedNamesInTheOrderGiven) {
  const auto canonical = CanonicalizeHeaders(Headers{{"My-Header1", "value4"},
                                                     {"Host", "h"},
                                                     {"my-header1", " value1 "},
                                                     {"MY-HEADER1", ""},
                                                     {"My-Header1", "value3"}});
  ASSERT_TRUE(canonical.ok());
  EXPECT_EQ(canonical->lines, "host:h\nmy-header1:value4,value1,,value3\n");
  EXPECT_EQ(canonical->signed_headers, "host;my-header1");
}

TEST(CanonicalHeaders, OfNothingAreNothing) {
  const auto canonical = CanonicalizeHeaders({});
  ASSERT_TRUE(canonical.ok());
  EXPECT_EQ(canonical->lines, "");
  EXPECT_EQ(canonical->signed_headers, "");
}

TEST(CanonicalHeaders, MayBeMany) {
  Headers headers;
  std::string lines;
  for (int i = 999; i >= 100; --i) {
    headers.push_back({"X-Amz-Meta-" + std::to_string(i), std::to_string(i)});
    const std::string number = std::to_string(1099 - i);
    lines += "x-amz-meta-" + number + ":" + number + "\n";
  }
  EXPECT_EQ(Lines(headers), lines);
}

TEST(CanonicalHeaders, TakeTwoListsAsOne) {
  const Headers first = {{"B", "1"}, {"C", "2"}};
  const Headers second = {{"b", "3"}, {"A", "4"}};
  std::string out = "before\n";
  const auto signed_headers = AppendCanonicalHeaders(out, first, second);
  ASSERT_TRUE(signed_headers.ok());
  EXPECT_EQ(out, "before\na:4\nb:1,3\nc:2\n\na;b;c");
  EXPECT_EQ(out.substr(*signed_headers), "a;b;c");
}

TEST(CanonicalHeaderValue, IsTrimmedAndItsWhiteSpaceCollapsed) {
  // AWS's test suite, get-header-value-trim: quotes protect nothing.
  EXPECT_EQ(Value(" value1"), "value1");
  EXPECT_EQ(Value("\"a   b   c\""), "\"a b c\"");
  EXPECT_EQ(Value("value"), "value");
  EXPECT_EQ(Value("a b c"), "a b c");
  EXPECT_EQ(Value("a  b"), "a b");
  EXPECT_EQ(Value("a\tb"), "a b");
  EXPECT_EQ(Value("\t a \t \t b\t "), "a b");
  EXPECT_EQ(Value("ab "), "ab");
  EXPECT_EQ(Value("ab\t"), "ab");
  EXPECT_EQ(Value(""), "");
  EXPECT_EQ(Value(" \t "), "");
  EXPECT_EQ(Value("a , b"), "a , b");
  EXPECT_EQ(Value("caf\xC3\xA9\xA0"), "caf\xC3\xA9\xA0");
}

TEST(CanonicalHeaderValue, TakesAFoldForABlank) {
  // AWS's test suite, get-header-value-multiline.
  EXPECT_EQ(Value("value1\n  value2\n     value3"), "value1 value2 value3");
  EXPECT_EQ(Value("a\r\n b"), "a b");
  EXPECT_EQ(Value("a\n\tb"), "a b");
  EXPECT_EQ(Value("a \r\n \r\n\t b"), "a b");
  EXPECT_EQ(Value("\r\n a"), "a");
  EXPECT_EQ(Value("a\n "), "a");
}

TEST(CanonicalHeaderValue, RefusesOtherLineBreaks) {
  for (const std::string_view value :
       {"a\nb", "a\r\nb", "a\rb", "a\r b", "a\n", "a\r\n", "\n", "a\r\r\n b", "a\n\n b"}) {
    EXPECT_EQ(Value(value), "refused: the header My-Header1 has a line break in its value")
        << Visible(value);
  }
}

TEST(CanonicalHeaderValue, RefusesControlCharacters) {
  EXPECT_EQ(Value(std::string_view("a\0b", 3)),
            "refused: the header My-Header1 has a control character in its value: \\x00");
  EXPECT_EQ(Value("a\x7F"),
            "refused: the header My-Header1 has a control character in its value: \\x7f");
  for (int c = 1; c < 0x20; ++c) {
    if (c == '\t') continue;
    for (const std::string& value :
         {std::string("ab") + static_cast<char>(c) + "b", std::string(1, static_cast<char>(c)),
          std::string("a") + static_cast<char>(c)}) {
      EXPECT_TRUE(Value(value).starts_with("refused: the header My-Header1 has a ")) << c;
    }
  }
}

TEST(CanonicalHeaders, RefuseNamesThatAreNoTokens) {
  for (const std::string_view name :
       {"", "a b", "a:", ":path", "a\n", "caf\xC3\xA9", "a\tb", "a/b"}) {
    EXPECT_EQ(Lines({{"Host", "h"}, {std::string(name), "x"}}),
              "refused: the header name \"" + Visible(name) + "\" is no token");
  }
  EXPECT_EQ(Lines({{"!#$%&'*+-.^_`|~09aZ", "x"}}), "!#$%&'*+-.^_`|~09az:x\n");
}

// Names are read eight bytes at once.
TEST(CanonicalHeaders, AreRefusedOrLowerCasedByEachByteOfAName) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_token = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || is_upper ||
                          kMarks.find(c) != std::string_view::npos;
    for (std::size_t size = 1; size <= 18; ++size) {
      for (std::size_t position = 0; position < size; ++position) {
        std::string name = std::string("X-Amz-Meta-09-Zaz!").substr(0, size);
        std::string lower = std::string("x-amz-meta-09-zaz!").substr(0, size);
        name[position] = c;
        lower[position] = is_upper ? static_cast<char>(c - 'A' + 'a') : c;
        ASSERT_EQ(Lines({{name, "1"}}),
                  is_token ? lower + ":1\n"
                           : "refused: the header name \"" + Visible(name) + "\" is no token");
      }
    }
  }
}

// Where two names differ does not matter, nor whether one ends there.
TEST(CanonicalHeaders, AreSortedByWhatComesFirst) {
  const std::string stem = "Content-Language-Of-All";
  for (std::size_t size = 0; size < stem.size(); ++size) {
    const std::string begin = stem.substr(0, size);
    const Headers headers = {{begin + "b", "1"},
                             {begin + "A-", "2"},
                             {begin + "a", "3"},
                             {begin + "B", "4"},
                             {begin + "_", "5"},
                             {begin + "A", "6"},
                             {begin + "aZzzzzzzzzzzzzzzzzzzz", "7"},
                             {begin + "0", "8"}};
    std::string all;
    for (const auto& [name, value] : Headers{{"0", "8"},
                                             {"_", "5"},
                                             {"a", "3,6"},
                                             {"a-", "2"},
                                             {"azzzzzzzzzzzzzzzzzzzz", "7"},
                                             {"b", "1,4"}}) {
      std::string lower_name = begin + name;
      for (char& c : lower_name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      all += lower_name + ':' + value + '\n';
    }
    EXPECT_EQ(Lines(headers), all);
  }
}

TEST(CanonicalHeaders, RefuseBadValuesInEitherList) {
  const Headers good = {{"a", "1"}};
  const Headers bad = {{"b", "1\n2"}};
  std::string out;
  EXPECT_FALSE(AppendCanonicalHeaders(out, good, bad).ok());
  EXPECT_FALSE(AppendCanonicalHeaders(out, bad, good).ok());
}

TEST(SameHeaderName, IgnoresLetterCase) {
  EXPECT_TRUE(SameHeaderName("Host", "hOST"));
  EXPECT_TRUE(SameHeaderName("X-Amz-Date", "x-amz-date"));
  EXPECT_FALSE(SameHeaderName("Host", "Hos"));
  EXPECT_FALSE(SameHeaderName("Host", "Hos\x54\x20"));
  EXPECT_FALSE(SameHeaderName("[", "{"));
}

}  // namespace
}  // namespace sigvet
