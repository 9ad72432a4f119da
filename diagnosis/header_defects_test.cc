#include <gtest/gtest.h>

#include <string>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

constexpr auto kCanonical = Stage::Kind::kCanonicalRequest;
const std::string kEnd = std::string("host:h\n") + kDate;
constexpr const char* kList = "a;host;x-amz-date";

TEST(HostDefects, AreNamedByTheCanonicalRequest) {
  const auto canonical = [](const std::string& host) {
    return Canonical("/", "", "host:" + host + "\n" + kDate);
  };
  DefectRows rows;
  rows.ExpectCanonical("host-without-port", {.host = "h:8443"}, canonical("h"));
  rows.ExpectCanonical("host-without-port", {.host = "[::1]:8443"}, canonical("[::1]"));
  rows.ExpectCanonical("host-with-port-443", {}, canonical("h:443"));
  rows.ExpectCanonical("host-with-port-80", {}, canonical("h:80"));
  rows.ExpectCanonical("host-lower-case", {.host = "Host"}, canonical("host"));
  rows.ExpectAllOf(HostDefects());
}

TEST(HeaderValueDefects, AreNamedByTheCanonicalRequest) {
  struct Row {
    const char* name;
    const char* sent;
    const char* line;
  };
  constexpr Row kRows[] = {
      {"header-values-not-collapsed", "A: b  c \n", "a:b  c\n"},
      {"header-values-not-trimmed", "A: b  c \n", "a:b  c \n"},
      {"header-values-collapsed-once", "A: b   c    d  e\n", "a:b  c  d e\n"},
      {"header-values-quotes-kept", "A:  b  \"c  d\"   e \n", "a:b \"c  d\" e\n"},
      {"header-values-quotes-kept", "A: \"b  c\n", "a:\"b  c\n"},
      {"header-values-tabs-kept", "A: b\t  c  d\n", "a:b\t c d\n"},
      {"header-joined-with-blank", "A: 2\nA: 1\n", "a:2, 1\n"},
      {"header-joined-without-comma", "A: 2\nA: 1\n", "a:2 1\n"},
      {"header-first-only", "A: 2\nA: 1\n", "a:2\n"},
      {"header-last-only", "A: 2\nA: 1\n", "a:1\n"},
      {"header-values-sorted", "A: 2\nA: 10\nA: 1\n", "a:1,10,2\n"},
  };
  DefectRows rows;
  for (const Row& row : kRows) {
    rows.ExpectCanonical(row.name, {.headers = row.sent, .signed_headers = kList},
                         Canonical("/", "", row.line + kEnd, kList));
  }
  rows.ExpectCanonical("header-values-lower-case", {.headers = "A: B c\n", .signed_headers = kList},
                       Canonical("/", "", "a:b c\nhost:h\nx-amz-date:20150830t123600z\n", kList));
  rows.ExpectCanonical("header-blank-after-colon", {},
                       Canonical("/", "", "host: h\nx-amz-date: 20150830T123600Z\n"));
  // A parser of HTTP may give folds as they stand in the request.
  SignedRequest folded = Parse({.headers = "A: x\n", .signed_headers = kList});
  for (HttpHeader& header : folded.request.headers) {
    if (header.name == "A") header.value = "1\n  2\r\n\t3";
  }
  const DefectCase c(folded);
  EXPECT_EQ(c.Right(kCanonical), Canonical("/", "", "a:1 2 3\n" + kEnd, kList));
  rows.Expect("header-folds-as-commas", c, kCanonical,
              Canonical("/", "", "a:1,2,3\n" + kEnd, kList));
  rows.ExpectAllOf(HeaderValueDefects());
}

void ExpectOfTheOrder(DefectRows& rows) {
  const Request prefix_names = {.headers = "a: 1\na-b: 2\n",
                                .signed_headers = "a;a-b;host;x-amz-date"};
  rows.ExpectCanonical("header-lines-sorted", prefix_names,
                       Canonical("/", "", "a-b:2\na:1\n" + kEnd, "a;a-b;host;x-amz-date"));
  const Request listed = {.headers = "a: 1\n", .signed_headers = "x-amz-date;a;host"};
  rows.ExpectCanonical(
      "headers-as-listed", listed,
      Canonical("/", "", kDate + std::string("a:1\nhost:h\n"), "x-amz-date;a;host"));
  rows.ExpectCanonical("signed-headers-as-listed", listed,
                       Canonical("/", "", "a:1\n" + kEnd, "x-amz-date;a;host"));
  rows.ExpectCanonical("headers-as-sent", listed,
                       Canonical("/", "", kEnd + "a:1\n", "host;x-amz-date;a"));
  rows.ExpectCanonical("header-lines-as-sent", listed,
                       Canonical("/", "", kEnd + "a:1\n", "a;host;x-amz-date"));
  rows.ExpectCanonical("headers-sorted-as-sent",
                       {.headers = "a: 1\nB: 2\n", .signed_headers = "a;b;host;x-amz-date"},
                       Canonical("/", "", "b:2\n" + kEnd + "a:1\n", "b;host;x-amz-date;a"));
  const Request token = {.headers = "X-Amz-Security-Token: t\nX-Amz-Z: 1\n",
                         .signed_headers = "host;x-amz-date;x-amz-security-token;x-amz-z"};
  rows.ExpectCanonical("headers-token-last", token,
                       Canonical("/", "", kEnd + "x-amz-z:1\nx-amz-security-token:t\n",
                                 "host;x-amz-date;x-amz-z;x-amz-security-token"));
  rows.ExpectCanonical("signed-headers-token-last", token,
                       Canonical("/", "", kEnd + "x-amz-security-token:t\nx-amz-z:1\n",
                                 "host;x-amz-date;x-amz-z;x-amz-security-token"));
}

void ExpectOfNamesAndRepeats(DefectRows& rows) {
  rows.ExpectCanonical("header-names-as-sent", {},
                       Canonical("/", "", "Host:h\nX-Amz-Date:20150830T123600Z\n"));
  rows.ExpectCanonical(
      "header-names-and-list-as-sent", {},
      Canonical("/", "", "Host:h\nX-Amz-Date:20150830T123600Z\n", "Host;X-Amz-Date"));
  rows.ExpectCanonical("signed-headers-commas", {}, Canonical("/", "", kEnd, "host,x-amz-date"));
  rows.ExpectCanonical("signed-headers-blanks", {}, Canonical("/", "", kEnd, "host; x-amz-date"));
  const Request repeated = {.headers = "A: 2\nA: 1\n", .signed_headers = kList};
  rows.ExpectCanonical("header-lines-not-joined", repeated,
                       Canonical("/", "", "a:2\na:1\n" + kEnd, kList));
  rows.ExpectCanonical("signed-headers-repeated", repeated,
                       Canonical("/", "", "a:2,1\n" + kEnd, "a;a;host;x-amz-date"));
  rows.ExpectCanonical("header-listed-twice", repeated,
                       Canonical("/", "", "a:2\na:1\n" + kEnd, "a;a;host;x-amz-date"));
  const Request empty = {.headers = "A:\n", .signed_headers = kList};
  rows.ExpectCanonical("header-empty-left-out", empty, Canonical("/", "", kEnd));
  rows.ExpectCanonical("header-empty-line-left-out", empty, Canonical("/", "", kEnd, kList));
  rows.ExpectCanonical("header-underscore-as-dash",
                       {.headers = "a_b: 1\na-c: 2\n", .signed_headers = "a-c;a_b;host;x-amz-date"},
                       Canonical("/", "", "a-b:1\na-c:2\n" + kEnd, "a-b;a-c;host;x-amz-date"));
}

/// Of headers that are sent and not signed, or the other way round.
void ExpectOfWhatIsSigned(DefectRows& rows) {
  struct Row {
    const char* id;
    const char* header;
    const char* line;
  };
  constexpr Row kRows[] = {
      {"header-content-type", "Content-Type: t\n", "content-type:t\n"},
      {"header-content-length", "Content-Length: 0\n", "content-length:0\n"},
  };
  for (const Row& row : kRows) {
    const std::string name = std::string(row.line).substr(0, std::string(row.line).find(':'));
    const std::string list = name + ";host;x-amz-date";
    rows.ExpectCanonical(std::string(row.id) + "-not-signed",
                         {.headers = row.header, .signed_headers = list}, Canonical("/", "", kEnd));
    rows.ExpectCanonical(std::string(row.id) + "-signed-too", {.headers = row.header},
                         Canonical("/", "", row.line + kEnd, list));
  }
  rows.ExpectCanonical(
      "header-content-length-signed-too", {},
      Canonical("/", "", "content-length:0\n" + kEnd, "content-length;host;x-amz-date"));
  const std::string hash_line = std::string("x-amz-content-sha256:") + kEmptyHash + "\n";
  const std::string hash_list = "host;x-amz-content-sha256;x-amz-date";
  const std::string with_hash = Canonical("/", "", "host:h\n" + hash_line + kDate, hash_list);
  rows.ExpectCanonical("header-content-sha256-not-signed",
                       {.headers = hash_line, .signed_headers = hash_list},
                       Canonical("/", "", kEnd));
  rows.ExpectCanonical("header-content-sha256-signed-too", {.headers = hash_line}, with_hash);
  const std::string token_list = "host;x-amz-date;x-amz-security-token";
  rows.ExpectCanonical("header-token-not-signed",
                       {.headers = "X-Amz-Security-Token: t\n", .signed_headers = token_list},
                       Canonical("/", "", kEnd));
  rows.ExpectCanonical("header-token-signed-too",
                       {.headers = "X-Amz-Security-Token: t\n", .session_token_is_signed = false},
                       Canonical("/", "", kEnd + "x-amz-security-token:t\n", token_list));
  const std::string lengths_list = "content-length;host;x-amz-date;x-amz-decoded-content-length";
  const Request lengths = {.headers = "Content-Length: 9\nX-Amz-Decoded-Content-Length: 5\n",
                           .signed_headers = lengths_list};
  rows.ExpectCanonical(
      "header-decoded-length-of-sent", lengths,
      Canonical("/", "", "content-length:9\n" + kEnd + "x-amz-decoded-content-length:9\n",
                lengths_list));
  rows.ExpectCanonical(
      "header-length-of-decoded", lengths,
      Canonical("/", "", "content-length:5\n" + kEnd + "x-amz-decoded-content-length:5\n",
                lengths_list));
}

TEST(HeaderListDefects, AreNamedByTheCanonicalRequest) {
  DefectRows rows;
  ExpectOfTheOrder(rows);
  ExpectOfNamesAndRepeats(rows);
  ExpectOfWhatIsSigned(rows);
  rows.ExpectAllOf(HeaderListDefects());
}

TEST(HeaderListDefects, ChangeTheListInThePresignedQueryToo) {
  const auto query = [](const std::string& list) {
    return "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20150830%2Fr%2Fs%2Faws4_request&"
           "X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=" +
           list;
  };
  const DefectCase c(
      ParsePresigned(query("host%3Bx") + "&X-Amz-Signature=" + std::string(64, '0'), "X: 1\n"));
  EXPECT_THAT(c.Find(kCanonical, Canonical("/", query("host"), "host:h\n", "host")),
              ::testing::IsEmpty());
  DefectRows rows;
  rows.Expect("header-names-and-list-as-sent", c, kCanonical,
              Canonical("/", query("Host%3BX"), "Host:h\nX:1\n", "Host;X"));
}

}  // namespace
}  // namespace sigvet
