#include "diagnosis/defect_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kCanonical = Stage::Kind::kCanonicalRequest;
constexpr auto kFinal = Stage::Kind::kFinal;
// SHA-256 of the body of the S3 documentation, by sha256sum.
constexpr const char* kBody = "Welcome to Amazon S3.";
constexpr const char* kBodyHash =
    "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";

std::string WithBody(const std::string& path, const std::string& query) {
  return Canonical(path, query, std::string("host:h\n") + kDate, "host;x-amz-date", kBodyHash);
}

TEST(Defects, TwoOfDifferentPartsAreFoundTogether) {
  const DefectCase c(Request{.target = "/a%20b?b=1&a=2", .body = kBody});
  EXPECT_THAT(c.Find(kCanonical, WithBody("/a%20b", "b=1&a=2"), SearchDepth::kPairs),
              Contains("path-encoded-once + query-not-sorted"));
  EXPECT_THAT(c.Find(kCanonical, WithBody("/a%20b", "b=1&a=2"), SearchDepth::kSingles), IsEmpty());
}

// Signatures by CPython's hmac.
TEST(Defects, OfTheRequestAreFoundWithThoseOfTheSecretAndOfTime) {
  const DefectCase c(Request{.target = "/?b=1&a=2"});
  EXPECT_THAT(c.Find(kFinal, "2a81ae0c88aa7d4bcfc8eb7253f4a1e0c66435354a4e1e9309b736fa2b7ab28d",
                     SearchDepth::kPairs),
              Contains("query-not-sorted + secret-newline"));
  EXPECT_THAT(c.Find(kFinal, "6cbf0c15c7cc30f32d83e709557659ef29f13d7ae2657a39dbb73354f0c9ed0a",
                     SearchDepth::kPairs),
              Contains("query-not-sorted + time-local=+09:00"));
}

// Signatures by CPython's hmac. The AWS test suite has no case that any of them would fail.
TEST(Defects, ThatThePublicSuiteIsBlindToAreFound) {
  struct Row {
    const char* name;
    Request request;
    const char* signature;
  };
  const Row rows[] = {
      {"path-encoded-once",
       {.target = "/a%20b"},
       "8e33746cd59634a236ae52e28e2e19345fbf2c017bf89a0268767dbf09869007"},
      {"path-marks-bare",
       {.target = "/a!b'(c)"},
       "e4fe64e8550cf5d0db810f42e2506d3973f7c5c0dd47cfc50ab54425787fd031"},
      {"query-values-not-sorted",
       {.target = "/?a=2&a=1"},
       "59994b0a1bbb6a6eef31e9a95ba491f503805f776ddb7b8d5775fe402e006e4a"},
      {"query-sorted-without-case",
       {.target = "/?a=1&B=2"},
       "86056fcb1c3ac95a8bb50bff517e27f22dc78b408d6a3328159d225c38ffeabb"},
      {"query-last-value-only",
       {.target = "/?a=2&a=1"},
       "6a27d49fd898a71672d7628c7c9dd4a2272356076b060c8714a36a0e5a38478c"},
      {"query-no-equals-sign",
       {.target = "/?acl"},
       "9d62233f3036106c4a280f3321dca7ab8ac7aa6e606ea04e533d90d367e4640d"},
      {"header-lines-sorted",
       {.headers = "a: 1\na-b: 2\n", .signed_headers = "a;a-b;host;x-amz-date"},
       "ee93aa6e1019c7b60859024a07609dbf94afbed864da75deb0e8d9bbf75a3267"},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(DefectCase(row.request).Find(kFinal, row.signature), Contains(row.name));
  }
}

TEST(Defects, PairsAreNotTriedInWhatIsTooLong) {
  std::string query = "b=1&a=2";
  for (const bool is_long : {false, true}) {
    if (is_long) query += "&c=" + std::string(200'000, 'x');
    const DefectCase c(Request{.target = "/a%20b?" + query});
    const SearchResult both =
        c.Search({kCanonical}, Canonical("/a%20b", query), SearchDepth::kPairs);
    EXPECT_EQ(both.explanations.empty(), is_long);
    EXPECT_EQ(both.effort.pairs_were_tried, !is_long);
    EXPECT_THAT(c.Find(kCanonical, Canonical("/a%2520b", query), SearchDepth::kPairs),
                Contains("query-not-sorted"));
  }
}

TEST(Defects, WhatNoneExplainsIsNotExplained) {
  const DefectCase c{Request()};
  EXPECT_THAT(c.Find(kCanonical, "GET\n/other", SearchDepth::kPairs), IsEmpty());
  const SearchResult result = c.Search({kFinal}, std::string(64, '0'), SearchDepth::kPairs);
  EXPECT_THAT(result.explanations, IsEmpty());
  EXPECT_GT(result.effort.tried, 1000U);
}

// One that changes nothing here is none: this path has nothing to encode or to resolve.
TEST(Defects, AreNotNamedWhereTheyDoNotShow) {
  const DefectCase c(Request{.target = "/a?b=1&a=2"});
  EXPECT_THAT(c.Find(kCanonical, Canonical("/a", "b=1&a=2")),
              ElementsAre("query-not-sorted", "query-as-sent"));
}

TEST(Defects, AreDescribed) {
  std::set<std::string> ids;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) {
      const std::string id(defect.id);
      EXPECT_TRUE(ids.insert(id).second) << id << " is there twice";
      EXPECT_TRUE(std::regex_match(id, std::regex("[a-z0-9]+(-[a-z0-9]+)+"))) << id;
      EXPECT_GT(defect.sentence.size(), 15U) << id;
      EXPECT_GT(defect.remedy.size(), 10U) << id;
      EXPECT_NE(defect.change, nullptr) << id;
      EXPECT_FALSE(defect.seen.empty()) << id;
      EXPECT_EQ(defect.sentence.find("{}") != std::string_view::npos, defect.scan != nullptr) << id;
      EXPECT_EQ(FindDefect(id), &defect) << id;
    }
  }
  EXPECT_EQ(FindDefect("no-such-defect"), nullptr);
}

TEST(Defects, EachHasALineOfTheAlgorithmOfEachProduct) {
  using enum Product;
  for (const Product product : {kPassword, kSigningKey, kSignature, kChain, kPolicy}) {
    for (const std::span<const Defect> family : AllDefects()) {
      for (const Defect& defect : family) {
        if (!HasPart(product, defect.part)) continue;
        EXPECT_GT(AlgorithmLine(defect, product).size(), 10U) << defect.id;
      }
    }
  }
  EXPECT_EQ(AlgorithmLine(*FindDefect("key-without-prefix"), kPassword),
            "date_key = HMAC-SHA-256(\"AWS4\" + secret, date)");
}

}  // namespace
}  // namespace sigvet
