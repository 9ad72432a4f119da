#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>
#include <vector>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;

void CheckOfThePath() {
  struct Row {
    const char* id;
    const char* service;
    const char* sent;
    const char* was_signed;
  };
  constexpr Row kRows[] = {
      {"path-encoded-once", "service", "/a%20b", "/a%20b"},
      {"path-encoded-twice", "s3", "/a%20b", "/a%2520b"},
      {"path-not-normalised", "service", "/a//./b", "/a//./b"},
      {"path-normalised", "s3", "/a//./b", "/a/b"},
      {"path-by-s3-rules", "service", "/a//b%20c", "/a//b%20c"},
      {"path-by-common-rules", "s3", "/a//b%20c", "/a/b%2520c"},
      {"path-as-sent", "s3", "/a=b%7e", "/a=b%7e"},
      {"path-decoded", "s3", "/a%20b", "/a b"},
      {"path-marks-bare", "s3", "/a!b'(c)*=", "/a!b'(c)*%3D"},
      {"path-tilde-encoded", "service", "/~a", "/%7Ea"},
      {"path-lower-case-hex", "s3", "/a%2B=", "/a%2b%3d"},
      {"path-slash-encoded", "service", "/a/b", "/a%2Fb"},
      {"path-slash-lost", "service", "/a/", "/a"},
      {"path-empty", "service", "/", ""},
  };
  for (const Row& row : kRows) {
    ExpectDefect(row.id, {.target = row.sent, .service = row.service},
                 Canonical(row.was_signed, ""));
  }
  ExpectDefect("path-with-query", {.target = "/a?b=1"}, Canonical("/a?b=1", "b=1"));
}

void CheckOfTheQuery() {
  struct Row {
    const char* id;
    const char* sent;
    const char* was_signed;
  };
  constexpr Row kRows[] = {
      {"query-not-sorted", "b=1&a=2", "b=1&a=2"},
      {"query-as-sent", "b=/&a=2", "b=/&a=2"},
      {"query-values-not-sorted", "b=1&a=2&a=1", "a=2&a=1&b=1"},
      {"query-sorted-as-text", "a=2&a-b=1&0=0", "0=0&a-b=1&a=2"},
      {"query-sorted-decoded", "b=1&a=%F0&a=_&a=/&a=-", "a=-&a=%2F&a=_&a=%F0&b=1"},
      {"query-sorted-without-case", "b=1&C=3&a=2", "a=2&b=1&C=3"},
      {"query-first-value-only", "a=2&a=1&0=x", "0=x&a=2"},
      {"query-last-value-only", "a=2&a=1&0=x", "0=x&a=1"},
      {"query-no-equals-sign", "b&a", "a&b"},
      {"query-plus-as-blank", "a=b+c", "a=b%20c"},
      {"query-plus-bare", "b=/&a=b+c", "a=b+c&b=%2F"},
      {"query-blank-as-plus", "b=/&a=b%20c", "a=b+c&b=%2F"},
      {"query-left-out", "a=1", ""},
      {"query-encoded-twice", "a=b%20c", "a=b%2520c"},
      {"query-reserved-bare", "b=a/b:c&a=%20", "a=%20&b=a/b:c"},
      {"query-marks-bare", "b=(a)&a=%20", "a=%20&b=(a)"},
      {"query-lower-case-hex", "b=%2F&a=%2B", "a=%2b&b=%2f"},
      {"query-question-mark", "a=1", "?a=1"},
      {"query-slash-bare", "b=a/b:c&a=%20", "a=%20&b=a/b%3Ac"},
      {"query-tilde-encoded", "b=~&a=1", "a=1&b=%7E"},
      {"query-decoded", "b=%41%20%C3%A9&a=1", "a=1&b=A \xc3\xa9"},
  };
  for (const Row& row : kRows) {
    ExpectDefect(row.id, {.target = std::string("/?") + row.sent}, Canonical("/", row.was_signed));
  }
}

void CheckOfATokenInTheQuery() {
  const std::string before =
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20150830%2Fr%2Fs%2Faws4_request&"
      "X-Amz-Date=20150830T123600Z&X-Amz-Expires=60";
  const std::string token = "&X-Amz-Security-Token=t";
  const std::string after = "&X-Amz-SignedHeaders=host";
  const auto request = ParseHttpRequest("GET /?" + before + token + after + "&X-Amz-Signature=" +
                                        std::string(64, '0') + " HTTP/1.1\nHost: h\n\n");
  const SignedRequest signed_request = {*request, *ReadSigv4Claim(*request), {}, true};
  const BackendResult backend = MakeAnyBackend();
  const auto right = DeriveAsItShouldBe(**backend, signed_request);
  EXPECT_EQ(right->query, before + token + after);
  const PayloadHashes hashes = HashPayload(**backend, *request);
  const std::string target = Canonical("/", before + after, "host:h\n", "host");
  SearchEffort effort;
  const auto found = FindDefects(**backend, {signed_request, hashes}, *right,
                                 {SearchTarget::Kind::kCanonicalRequest, target, nullptr}, effort);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->defects.front()->id, "query-token-left-out");
  Covered().insert("query-token-left-out");
}

void CheckOfTheHost() {
  const auto canonical = [](const std::string& host) {
    return Canonical("/", "", "host:" + host + "\n" + kDate);
  };
  ExpectDefect("host-without-port", {.host = "h:8443"}, canonical("h"));
  ExpectDefect("host-without-port", {.host = "[::1]:8443"}, canonical("[::1]"));
  ExpectDefect("host-with-port-443", {}, canonical("h:443"));
  ExpectDefect("host-with-port-80", {}, canonical("h:80"));
  ExpectDefect("host-lower-case", {.host = "Host"}, canonical("host"));
}

void CheckOfTheHeaders() {
  struct Row {
    const char* id;
    const char* sent;
    const char* list;
    const char* lines;
    const char* signed_line;
  };
  constexpr const char* kList = "a;host;x-amz-date";
  constexpr const char* kEnd = "host:h\nx-amz-date:20150830T123600Z\n";
  constexpr Row kRows[] = {
      {"header-values-not-collapsed", "A: b  c \n", kList, "a:b  c\n", kList},
      {"header-values-not-trimmed", "A: b  c \n", kList, "a:b  c \n", kList},
      {"header-values-lower-case", "A: B c\n", kList, "a:b c\n", kList},
      {"header-joined-with-blank", "A: 2\nA: 1\n", kList, "a:2, 1\n", kList},
      {"header-first-only", "A: 2\nA: 1\n", kList, "a:2\n", kList},
      {"header-last-only", "A: 2\nA: 1\n", kList, "a:1\n", kList},
  };
  for (const Row& row : kRows) {
    std::string lines = std::string(row.lines) + kEnd;
    if (std::string(row.id) == "header-values-lower-case") {
      lines = std::string(row.lines) + "host:h\nx-amz-date:20150830t123600z\n";
    }
    ExpectDefect(row.id, {.headers = row.sent, .signed_headers = row.list},
                 Canonical("/", "", lines, row.signed_line));
  }
  ExpectDefect("header-blank-after-colon", {},
               Canonical("/", "", "host: h\nx-amz-date: 20150830T123600Z\n"));
  ExpectDefect("header-names-as-sent", {},
               Canonical("/", "", "Host:h\nX-Amz-Date:20150830T123600Z\n"));
}

void CheckOfTheOrderOfHeaders() {
  const Request prefix_names = {.headers = "a: 1\na-b: 2\n",
                                .signed_headers = "a;a-b;host;x-amz-date"};
  ExpectDefect(
      "header-lines-sorted", prefix_names,
      Canonical("/", "", std::string("a-b:2\na:1\nhost:h\n") + kDate, "a;a-b;host;x-amz-date"));
  const Request listed = {.headers = "a: 1\n", .signed_headers = "x-amz-date;a;host"};
  ExpectDefect("headers-as-listed", listed,
               Canonical("/", "", std::string(kDate) + "a:1\nhost:h\n", "x-amz-date;a;host"));
  ExpectDefect("signed-headers-as-listed", listed,
               Canonical("/", "", std::string("a:1\nhost:h\n") + kDate, "x-amz-date;a;host"));
  ExpectDefect("headers-as-sent", listed,
               Canonical("/", "", std::string("host:h\n") + kDate + "a:1\n", "host;x-amz-date;a"));
  ExpectDefect("header-lines-as-sent", listed,
               Canonical("/", "", std::string("host:h\n") + kDate + "a:1\n", "a;host;x-amz-date"));
}

// SHA-256 of the body of the S3 documentation, with and without line breaks, by sha256sum.
constexpr const char* kBody = "Welcome to Amazon S3.";
constexpr const char* kBodyHash =
    "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
constexpr const char* kBodyLineHash =
    "358143b2c6a40b75073348d8da5af7634d02fc4aafa3c0adeb6c242f76bda420";
constexpr const char* kWelcomeHash =
    "0e2226b5235f0ff94a276eb4d07a3bfea74b7e3b8b85e9efca6c18430f041bf8";

void CheckOfThePayload() {
  const auto canonical = [](const std::string& hash) {
    return Canonical("/", "", std::string("host:h\n") + kDate, "host;x-amz-date", hash);
  };
  const Request with_body = {.body = kBody};
  ExpectDefect("payload-empty-not-unsigned",
               {.headers = "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\n", .body = kBody},
               canonical(kEmptyHash));
  const Request with_line = {.body = std::string(kBody) + "\n"};
  ExpectDefect("payload-unsigned", with_body, canonical("UNSIGNED-PAYLOAD"));
  ExpectDefect("payload-hash-of-nothing", with_body, canonical(kEmptyHash));
  ExpectDefect("payload-hash-missing", with_body, canonical(""));
  ExpectDefect("payload-with-line-break", with_body, canonical(kBodyLineHash));
  ExpectDefect("payload-without-line-break", with_line, canonical(kBodyHash));
  ExpectDefect("payload-without-line-break", {.body = std::string(kBody) + "\r\n"},
               canonical(kBodyHash));
  ExpectDefect("payload-cut", {.headers = "Content-Length: 7\n", .body = kBody},
               canonical(kWelcomeHash));
  ExpectDefect("payload-hash-upper-case", {},
               canonical("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"));
  ExpectDefect("payload-hash-of-body",
               {.headers = "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\n", .body = kBody},
               canonical(kBodyHash));
}

void CheckOfTheMethod() {
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    std::string id = std::string("method-") + method;
    for (char& c : id) c = static_cast<char>(std::tolower(c));
    const std::string sent = std::string(method) == "GET" ? "POST" : "GET";
    ExpectDefect(id, {.method = sent}, method + Canonical("/", "").substr(3));
  }
  ExpectDefect("method-lower-case", {}, "get" + Canonical("/", "").substr(3));
}

TEST(Defects, TwoOfDifferentPartsAreFoundTogether) {
  EXPECT_THAT(Found({.target = "/a%20b?b=1&a=2", .body = kBody},
                    {SearchTarget::Kind::kCanonicalRequest,
                     Canonical("/a%20b", "b=1&a=2", std::string("host:h\n") + kDate,
                               "host;x-amz-date", kBodyHash),
                     nullptr}),
              ElementsAre("path-encoded-once", "query-not-sorted"));
}

TEST(Defects, PairsAreNotTriedInWhatIsTooLong) {
  const BackendResult backend = MakeAnyBackend();
  std::string query = "b=1&a=2";
  for (const bool is_long : {false, true}) {
    if (is_long) query += "&c=" + std::string(200'000, 'x');
    const SignedRequest signed_request = Parse({.target = "/a%20b?" + query});
    const auto right = DeriveAsItShouldBe(**backend, signed_request);
    const PayloadHashes hashes = HashPayload(**backend, signed_request.request);
    SearchEffort effort;
    const std::string both = Canonical("/a%20b", query);
    const auto found = FindDefects(**backend, {signed_request, hashes}, *right,
                                   {SearchTarget::Kind::kCanonicalRequest, both, nullptr}, effort);
    EXPECT_EQ(found.has_value(), !is_long);
    EXPECT_EQ(effort.pairs_were_tried, !is_long);
    const std::string one = Canonical("/a%2520b", query);
    EXPECT_TRUE(FindDefects(**backend, {signed_request, hashes}, *right,
                            {SearchTarget::Kind::kCanonicalRequest, one, nullptr}, effort));
  }
}

TEST(Defects, WhatNoneExplainsIsNotExplained) {
  EXPECT_THAT(Found({}, {SearchTarget::Kind::kCanonicalRequest, "GET\n/other", nullptr}),
              ElementsAre());
  const Secret secret{std::string_view(kSecret)};
  EXPECT_THAT(Found({}, {SearchTarget::Kind::kSignature, std::string(64, '0'), &secret}),
              ElementsAre());
}

TEST(Defects, AreFoundByWhatComesOutOfThem) {
  CheckOfThePath();
  CheckOfTheQuery();
  CheckOfATokenInTheQuery();
  CheckOfTheHost();
  CheckOfTheHeaders();
  CheckOfTheOrderOfHeaders();
  CheckOfThePayload();
  CheckOfTheMethod();
  CheckOfTexts();
  CheckOfSecretsAndKeys();
  std::set<std::string> ids;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) ids.emplace(defect.id);
  }
  EXPECT_EQ(ids, Covered()) << "each defect needs a row above";
}

TEST(Defects, AreDescribed) {
  std::set<std::string> ids;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) {
      const std::string id(defect.id);
      EXPECT_TRUE(ids.insert(id).second) << id << " is there twice";
      EXPECT_TRUE(std::regex_match(id, std::regex("[a-z0-9]+(-[a-z0-9]+)+"))) << id;
      EXPECT_GT(defect.sentence.size(), 20U) << id;
      EXPECT_GT(defect.remedy.size(), 10U) << id;
      EXPECT_EQ((defect.change != nullptr) + (defect.change_secret != nullptr) +
                    (defect.derive_key != nullptr),
                1)
          << id;
    }
  }
}

}  // namespace
}  // namespace sigvet
