#include "harness/run/value_difference.h"

#include <gtest/gtest.h>

#include <string>

namespace sigvet {
namespace {

constexpr char kSame[] = "the same";

std::string Difference(ValueType type, std::string_view expected, std::string_view actual) {
  const auto difference = FindDifference(type, expected, actual);
  // What is different does not depend on which side is the expected one.
  const auto turned = FindDifference(type, actual, expected);
  EXPECT_EQ(difference.has_value(), turned.has_value());
  if (!difference || !turned) return kSame;
  EXPECT_EQ(difference->part, turned->part);
  EXPECT_EQ(difference->expected, turned->actual);
  EXPECT_EQ(difference->actual, turned->expected);
  EXPECT_EQ(difference->part.empty(), difference->expected.empty() && difference->actual.empty());
  return difference->part;
}

std::string OfAuthorizations(std::string_view expected, std::string_view actual) {
  return Difference(ValueType::kAuthorization, expected, actual);
}

std::string OfUrls(std::string_view expected, std::string_view actual) {
  return Difference(ValueType::kUrl, expected, actual);
}

TEST(ValueDifference, ComparesMostTypesByteByByte) {
  EXPECT_EQ(Difference(ValueType::kText, "a, b", "a, b"), kSame);
  EXPECT_EQ(Difference(ValueType::kText, "a, b", "a,b"), "");
  EXPECT_EQ(Difference(ValueType::kHex, "0a", "0A"), "");
  EXPECT_EQ(Difference(ValueType::kBytes, std::string("\0", 1), ""), "");
}

TEST(ValueDifference, BlanksAndOrderSayNothingInAnAuthorization) {
  constexpr char kExpected[] = "A Credential=c/d, SignedHeaders=host;x-amz-date, Signature=00ff";
  EXPECT_EQ(OfAuthorizations(kExpected, kExpected), kSame);
  EXPECT_EQ(OfAuthorizations(kExpected,
                             "A Credential=c/d,SignedHeaders=host;x-amz-date,"
                             "Signature=00ff"),
            kSame);
  EXPECT_EQ(OfAuthorizations(kExpected,
                             "A  Signature=00ff ,  Credential=c/d , "
                             "SignedHeaders=host;x-amz-date "),
            kSame);
}

TEST(ValueDifference, NamesThePartOfAnAuthorization) {
  constexpr char kExpected[] = "A Credential=c, SignedHeaders=a;b, Signature=00ff";
  EXPECT_EQ(OfAuthorizations(kExpected, "B Credential=c, SignedHeaders=a;b, Signature=00ff"),
            "algorithm");
  EXPECT_EQ(OfAuthorizations(kExpected, "A Credential=c, SignedHeaders=a;b, Signature=00FF"),
            "field Signature");
  EXPECT_EQ(OfAuthorizations(kExpected, "A Credential=c, SignedHeaders=b;a, Signature=00ff"),
            "field SignedHeaders");
  EXPECT_EQ(OfAuthorizations(kExpected, "A Credential=c, SignedHeaders=a;b"), "field Signature");
  EXPECT_EQ(OfAuthorizations(kExpected, "A Credential=c, SignedHeaders=a;b, Signature=00ff, X=1"),
            "field X");
  EXPECT_EQ(OfAuthorizations(kExpected, "A credential=c, SignedHeaders=a;b, Signature=00ff"),
            "field Credential");
}

TEST(ValueDifference, AMalformedAuthorizationMeansNothing) {
  constexpr char kGood[] = "A Credential=c, Signature=0";
  for (const char* bad :
       {"", " ", "A", "A ", "Credential=c,Signature=0", "A Credential=c, Signature=0,",
        "A Credential=c,,Signature=0", "A Credential=c Signature=0", "A Credential, Signature=0",
        "A =c, Signature=0", "A Credential=c, Signature=0, Signature=0"}) {
    EXPECT_NE(OfAuthorizations(kGood, bad), kSame) << bad;
    EXPECT_EQ(OfAuthorizations(bad, bad), kSame) << bad;
  }
}

TEST(ValueDifference, EscapesAndTheOrderOfParametersSayNothingInAUrl) {
  constexpr char kExpected[] = "https://h.example/a%20b/c?X=%2f&Y=1&Y=2&Z";
  EXPECT_EQ(OfUrls(kExpected, kExpected), kSame);
  EXPECT_EQ(OfUrls(kExpected, "https://h.example/%61%20b/c?Y=2&Z=&Y=1&X=/"), kSame);
  EXPECT_EQ(OfUrls(kExpected, "https://h.example/a b/c?&Y=2&&Z&Y=1&%58=%2F&"), kSame);
  EXPECT_EQ(OfUrls("https://h", "https://h/?"), kSame);
}

TEST(ValueDifference, NamesThePartOfAUrl) {
  constexpr char kExpected[] = "https://h.example/a/b?X=1&Y=2";
  EXPECT_EQ(OfUrls(kExpected, "http://h.example/a/b?X=1&Y=2"), "scheme");
  EXPECT_EQ(OfUrls(kExpected, "https://h.example:443/a/b?X=1&Y=2"), "host");
  EXPECT_EQ(OfUrls(kExpected, "https://h.example/a/c?X=1&Y=2"), "path");
  EXPECT_EQ(OfUrls(kExpected, "https://h.example/a/b/?X=1&Y=2"), "path");
  EXPECT_EQ(OfUrls(kExpected, "https://h.example/a/b?X=1&Y=3"), "parameter Y");
  EXPECT_EQ(OfUrls(kExpected, "https://h.example/a/b?X=1"), "parameter Y");
  EXPECT_EQ(OfUrls(kExpected, "https://h.example/a/b?X=1&X=1&Y=2"), "parameter X");
}

std::string Parts(ValueType type, std::string_view expected, std::string_view actual) {
  const auto difference = FindDifference(type, expected, actual);
  return difference ? difference->expected + " | " + difference->actual : kSame;
}

TEST(ValueDifference, GivesThePartOfBothValues) {
  const auto urls = [](std::string_view a, std::string_view b) {
    return Parts(ValueType::kUrl, a, b);
  };
  constexpr char kExpected[] = "https://h/a%20b?X-Amz-Date=d&X-Amz-Expires=60&Y=%2F&Y=2";
  EXPECT_EQ(urls(kExpected, "https://h/a%20b?Y=2&Y=/&X-Amz-Expires=61&X-Amz-Date=d"),
            "X-Amz-Expires=60 | X-Amz-Expires=61");
  EXPECT_EQ(urls(kExpected, "https://h/a%20b?Y=3&Y=/&X-Amz-Expires=60&X-Amz-Date=d"),
            "Y=/&Y=2 | Y=/&Y=3");
  EXPECT_EQ(urls(kExpected, "https://h/a%20b?Y=2&Y=/&X-Amz-Date=d"),
            "X-Amz-Expires=60 | (no X-Amz-Expires)");
  EXPECT_EQ(urls(kExpected, "http://h/"), "https | http");
  EXPECT_EQ(urls(kExpected, "https://g/"), "h | g");
  EXPECT_EQ(urls(kExpected, "https://h"), "/a%20b | ");
  const auto authorizations = [](std::string_view a, std::string_view b) {
    return Parts(ValueType::kAuthorization, a, b);
  };
  EXPECT_EQ(authorizations("A B=c, S=0", "D B=c, S=0"), "A | D");
  EXPECT_EQ(authorizations("A B=c, S=0", "A S=1, B=c"), "S=0 | S=1");
  EXPECT_EQ(authorizations("A B=c, S=0", "A B=c"), "S=0 | (no S)");
}

// A slash that is data is no separator, and a plus is no blank.
TEST(ValueDifference, DecodesSegmentsOneByOne) {
  EXPECT_EQ(OfUrls("https://h/a%2Fb", "https://h/a/b"), "path");
  EXPECT_EQ(OfUrls("https://h/a%2Fb", "https://h/a%2fb"), kSame);
  EXPECT_EQ(OfUrls("https://h/?a=%2B", "https://h/?a=+"), kSame);
  EXPECT_EQ(OfUrls("https://h/?a=%20", "https://h/?a=+"), "parameter a");
  EXPECT_EQ(OfUrls("https://h/?a%3Db=1", "https://h/?a=b=1"), "parameter a");
}

TEST(ValueDifference, AMalformedUrlMeansNothing) {
  constexpr char kGood[] = "https://h/?a=1";
  for (const char* bad : {"", "h/?a=1", "://h/?a=1", "https:///?a=1", "https://?a=1",
                          "https://h/?a=1#", "https://h/?a=1%", "https://h/%0g?a=1"}) {
    EXPECT_NE(OfUrls(kGood, bad), kSame) << bad;
    EXPECT_EQ(OfUrls(bad, bad), kSame) << bad;
  }
}

}  // namespace
}  // namespace sigvet
