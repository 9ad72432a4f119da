#include "diagnosis/request_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sigvet {
namespace {

using ::testing::ElementsAre;

Sigv4Derivation WithQuery(const std::string& query) {
  Sigv4Derivation derivation;
  derivation.query = query;
  return derivation;
}

TEST(RequestParts, AddParameterKeepsTheOrderThatThereIs) {
  Sigv4Derivation sorted = WithQuery("a=2&a-b=1&c=3");
  AddParameter(sorted, "a=10");
  EXPECT_EQ(sorted.query, "a=10&a=2&a-b=1&c=3");
  AddParameter(sorted, "b=");
  EXPECT_EQ(sorted.query, "a=10&a=2&a-b=1&b=&c=3");
  Sigv4Derivation unsorted = WithQuery("c=3&a=2");
  AddParameter(unsorted, "b=");
  EXPECT_EQ(unsorted.query, "c=3&a=2&b=");
  Sigv4Derivation empty;
  AddParameter(empty, "a=1");
  EXPECT_EQ(empty.query, "a=1");
}

TEST(RequestParts, ParametersAreFoundByTheirWholeName) {
  Sigv4Derivation derivation = WithQuery("ab=1&a=2&a=3&c");
  EXPECT_EQ(ParameterValue(derivation, "a"), "2");
  EXPECT_EQ(ParameterValue(derivation, "c"), "");
  EXPECT_EQ(ParameterValue(derivation, "b"), std::nullopt);
  SetParameter(derivation, "a", "x");
  SetParameter(derivation, "b", "y");
  EXPECT_EQ(derivation.query, "ab=1&a=x&a=3&c");
}

TEST(RequestParts, HeadersAndTheirListChangeTogether) {
  Sigv4Derivation derivation = WithQuery("X-Amz-SignedHeaders=a%3Bc");
  derivation.headers = {{"a", "1"}, {"c", "3"}};
  derivation.signed_headers = "a;c";
  AddHeader(derivation, {"b", "2"});
  EXPECT_THAT(derivation.headers,
              ElementsAre(HttpHeader{"a", "1"}, HttpHeader{"b", "2"}, HttpHeader{"c", "3"}));
  EXPECT_EQ(derivation.signed_headers, "a;b;c");
  EXPECT_EQ(derivation.query, "X-Amz-SignedHeaders=a%3Bb%3Bc");
  RemoveHeader(derivation, "A");
  EXPECT_EQ(derivation.signed_headers, "b;c");
  EXPECT_EQ(derivation.query, "X-Amz-SignedHeaders=b%3Bc");
  EXPECT_EQ(FindHeader(derivation, "a"), nullptr);
  ASSERT_NE(FindHeader(derivation, "C"), nullptr);
  derivation.headers.push_back({"b", "4"});
  ListHeaders(derivation);
  EXPECT_EQ(derivation.signed_headers, "b;c");
}

TEST(RequestParts, AnotherListInTheQueryStays) {
  Sigv4Derivation derivation = WithQuery("X-Amz-SignedHeaders=c%3Ba");
  derivation.signed_headers = "a;c";
  SetSignedHeaders(derivation, "a");
  EXPECT_EQ(derivation.signed_headers, "a");
  EXPECT_EQ(derivation.query, "X-Amz-SignedHeaders=c%3Ba");
}

}  // namespace
}  // namespace sigvet
