#include "signing/canonical_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sigvet {
namespace {

using ::testing::ElementsAre;

std::string Canonical(std::string_view query) {
  const Result<std::string> canonical = CanonicalQuery(query);
  return canonical ? *canonical : "refused: " + canonical.error().message;
}

struct QueryCase {
  std::string_view query;
  std::string_view expected;
};

void ExpectCanonical(std::initializer_list<QueryCase> cases) {
  for (const QueryCase& c : cases) EXPECT_EQ(Canonical(c.query), c.expected) << c.query;
}

TEST(CanonicalQuery, SortsByNameAndThenByValue) {
  ExpectCanonical({
      {"", ""},
      {"a=1", "a=1"},
      {"Param2=value2&Param1=value1", "Param1=value1&Param2=value2"},  // suite: order-key
      {"Param1=value2&Param1=value1", "Param1=value1&Param1=value2"},  // suite: order-value
      {"b=1&a=2&b=0&a=1&c=3", "a=1&a=2&b=0&b=1&c=3"},
      // Names are compared by themselves: neither `-` nor `.` comes before the end of a name.
      {"a-b=1&a=2", "a=2&a-b=1"},
      {"q.parser=x&q=y", "q=y&q.parser=x"},
      // Letter case counts: byte order.
      {"a=b&A=c", "A=c&a=b"},
  });
}

TEST(CanonicalQuery, SortsWhatIsEncoded) {
  ExpectCanonical({
      {"a=%2F&a=-", "a=%2F&a=-"},
      {"a=-&a=%2F", "a=%2F&a=-"},
      {"p%5B1%5D=x&p%5B10%5D=y", "p%5B1%5D=x&p%5B10%5D=y"},
      // U+1F40E is after U+FFFD by bytes, before it by UTF-16 units.
      {"a=%F0%9F%90%8E&a=%EF%BF%BD", "a=%EF%BF%BD&a=%F0%9F%90%8E"},
      {"\xE1\x88\xB4=bar", "%E1%88%B4=bar"},  // suite: get-vanilla-utf8-query
      {"!=1&a=2", "%21=1&a=2"},
  });
}

TEST(CanonicalQuery, KeepsRepeatedAndDropsEmptyPairs) {
  ExpectCanonical({
      {"a=1&a=1", "a=1&a=1"},
      {"&&a=1&&b=2&", "a=1&b=2"},
      {"&", ""},
      {"acl", "acl="},
      {"lifecycle", "lifecycle="},  // S3 API Reference, GET Bucket Lifecycle
      {"b&a", "a=&b="},
      {"=v", "=v"},
      {"=", "="},
  });
}

TEST(CanonicalQuery, DecodesAndEncodesAnew) {
  ExpectCanonical({
      {"a=b=c", "a=b%3Dc"},
      {"q=a/b:c", "q=a%2Fb%3Ac"},
      {"q=*", "q=%2A"},
      {"q=100%25", "q=100%25"},
      {"q=%c3%a9&%41=%7E", "A=~&q=%C3%A9"},
      {"q=a+b", "q=a%2Bb"},  // as AWS CRT
      {"q=a%20b", "q=a%20b"},
      {"q=a b", "q=a%20b"},
      {"a%26b=c%3Dd", "a%26b=c%3Dd"},
      {"-._~=-._~", "-._~=-._~"},
  });
}

TEST(CanonicalQuery, RefusesBadEscapes) {
  EXPECT_EQ(Canonical("a=%"),
            "refused: the query has a percent sign without two hex digits: \"%\" at byte 3");
  EXPECT_EQ(Canonical("a=1&%zz=2"),
            "refused: the query has a percent sign without two hex digits: \"%zz\" at byte 5");
  // No escape goes beyond its pair.
  EXPECT_EQ(Canonical("a=%4&1=2"),
            "refused: the query has a percent sign without two hex digits: \"%4&\" at byte 3");
}

TEST(CanonicalQuery, AppendsToWhatIsThere) {
  std::string out = "GET\n/\n";
  EXPECT_EQ(AppendCanonicalQuery(out, "b=2&a=1"), std::nullopt);
  EXPECT_EQ(out, "GET\n/\na=1&b=2");
}

TEST(ParseQuery, GivesDecodedParametersInTheirOrder) {
  const auto parameters = ParseQuery("b=%20x&a&&=&c=d=e+f");
  ASSERT_TRUE(parameters.ok());
  EXPECT_THAT(*parameters, ElementsAre(QueryParameter{"b", " x"}, QueryParameter{"a", ""},
                                       QueryParameter{"", ""}, QueryParameter{"c", "d=e+f"}));
  EXPECT_TRUE(ParseQuery("")->empty());
  EXPECT_FALSE(ParseQuery("a=%4").ok());
}

}  // namespace
}  // namespace sigvet
