#include <gtest/gtest.h>

#include <string>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

struct Row {
  const char* name;
  const char* sent;
  const char* was_signed;
};

void Expect(DefectRows& rows, const Row& row) {
  rows.ExpectCanonical(row.name, {.target = std::string("/?") + row.sent},
                       Canonical("/", row.was_signed));
}

TEST(QueryOrderDefects, AreNamedByTheCanonicalRequest) {
  constexpr Row kRows[] = {
      {"query-not-sorted", "b=1&a=2", "b=1&a=2"},
      {"query-as-sent", "b=/&a=2", "b=/&a=2"},
      {"query-values-not-sorted", "b=1&a=2&a=1", "a=2&a=1&b=1"},
      {"query-sorted-as-text", "a=2&a-b=1&0=0", "0=0&a-b=1&a=2"},
      {"query-sorted-decoded", "b=1&a=%F0&a=_&a=/&a=-", "a=-&a=%2F&a=_&a=%F0&b=1"},
      {"query-sorted-without-case", "b=1&C=3&a=2", "a=2&b=1&C=3"},
      // The order of localeCompare in Node with ICU 78.2.
      {"query-sorted-by-locale", "b=1&C=3&a-b=2&ab=0&A=1&a=1&a_b=4&a0=5",
       "a=1&A=1&a_b=4&a-b=2&a0=5&ab=0&b=1&C=3"},
      {"query-first-value-only", "a=2&a=1&0=x", "0=x&a=2"},
      {"query-last-value-only", "a=2&a=1&0=x", "0=x&a=1"},
  };
  DefectRows rows;
  for (const Row& row : kRows) Expect(rows, row);
  rows.ExpectAllOf(QueryOrderDefects());
}

/// All but the token's, which has a request of its own.
void ExpectOfTheText(DefectRows& rows) {
  constexpr Row kRows[] = {
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
      {"query-character-bare==", "b=1=/&a=%20", "a=%20&b=1=%2F"},
      {"query-character-bare=:", "b=1:/&a%3A=%20", "a%3A=%20&b=1:%2F"},
      {"query-character-bare=[", "b=[1]&a=%20", "a=%20&b=[1%5D"},
      {"query-tilde-encoded", "b=~&a=1", "a=1&b=%7E"},
      {"query-decoded", "b=%41%20%C3%A9&a=1", "a=1&b=A \xc3\xa9"},
      {"query-empty-pair-kept", "a=1&&b=2", "=&a=1&b=2"},
      {"query-empty-pair-kept", "&b=2&&&a=1&", "=&=&=&=&a=1&b=2"},
      {"query-empty-value-left-out", "b=1&acl&a=", "b=1"},
      // By Python's urllib.parse.quote and unicodedata.
      {"query-latin1", "b=1&a=%C3%A9", "a=%E9&b=1"},
      {"query-decomposed", "b=1&a=%C3%A9", "a=e%CC%81&b=1"},
      {"query-utf8-twice", "b=1&a=%C3%A9", "a=%C3%83%C2%A9&b=1"},
  };
  for (const Row& row : kRows) Expect(rows, row);
  // The hash of the body by sha256sum.
  rows.ExpectCanonical(
      "query-with-body", {.target = "/?Version=1", .body = "Action=ListUsers&Marker=a+b%2Bc"},
      Canonical("/", "Action=ListUsers&Marker=a%20b%2Bc&Version=1", std::string("host:h\n") + kDate,
                "host;x-amz-date",
                "3745a52c149f58618ff09b55649997468daa9c0647af15ade3012a24e4b46dfe"));
}

void ExpectOfTheToken(DefectRows& rows) {
  const std::string before =
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20150830%2Fr%2Fs%2Faws4_request&"
      "X-Amz-Date=20150830T123600Z&X-Amz-Expires=60";
  const std::string after = "&X-Amz-SignedHeaders=host";
  const auto with = [&](const std::string& token) {
    return before + "&X-Amz-Security-Token=" + token + after;
  };
  const auto canonical = [](const std::string& query) {
    return Canonical("/", query, "host:h\n", "host");
  };
  constexpr auto kCanonical = Stage::Kind::kCanonicalRequest;
  const std::string token = "t%2Bu%2F%3D";
  SignedRequest request = ParsePresigned(with(token) + "&X-Amz-Signature=" + std::string(64, '0'));
  const DefectCase c(request);
  EXPECT_EQ(c.Right(kCanonical), canonical(with(token)));
  rows.Expect("query-token-left-out", c, kCanonical, canonical(before + after));
  rows.Expect("query-token-encoded-twice", c, kCanonical, canonical(with("t%252Bu%252F%253D")));
  rows.Expect("query-token-bare", c, kCanonical, canonical(with("t+u/=")));
  request.session_token_is_signed = false;
  const DefectCase unsigned_token(request);
  EXPECT_EQ(unsigned_token.Right(kCanonical), canonical(before + after));
  rows.Expect("query-token-signed-too", unsigned_token, kCanonical, canonical(with(token)));
}

TEST(QueryDefects, AreNamedByTheCanonicalRequest) {
  DefectRows rows;
  ExpectOfTheText(rows);
  ExpectOfTheToken(rows);
  rows.ExpectAllOf(QueryDefects());
}

}  // namespace
}  // namespace sigvet
