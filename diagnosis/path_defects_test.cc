#include <gtest/gtest.h>

#include <string>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

TEST(PathDefects, AreNamedByTheCanonicalRequest) {
  struct Row {
    const char* name;
    const char* service;
    const char* sent;
    const char* was_signed;
  };
  constexpr Row kRows[] = {
      {"path-encoded-once", "service", "/a%20b", "/a%20b"},
      {"path-encoded-twice", "s3", "/a%20b", "/a%2520b"},
      {"path-not-normalised", "service", "/a//./b", "/a//./b"},
      {"path-not-normalised", "service", "/a/../b", "/a/../b"},
      {"path-normalised", "s3", "/a//./b", "/a/b"},
      {"path-by-s3-rules", "service", "/a//b%20c", "/a//b%20c"},
      {"path-by-common-rules", "s3", "/a//b%20c", "/a/b%2520c"},
      {"path-as-sent", "s3", "/a=b%7e", "/a=b%7e"},
      {"path-decoded", "s3", "/a%20b", "/a b"},
      {"path-dots-kept", "service", "/a//./b", "/a/./b"},
      {"path-dots-kept", "s3", "/a//../b", "/a/../b"},
      {"path-slashes-kept", "service", "/a//./b/../c", "/a//c"},
      {"path-slashes-kept", "service", "/a//b/.", "/a//b/"},
      {"path-marks-bare", "s3", "/a!b'(c)*=", "/a!b'(c)*%3D"},
      {"path-reserved-bare", "s3", "/a=b:c@d,e;f$g&h*", "/a=b:c@d,e;f$g&h*"},
      {"path-reserved-bare", "service", "/a=b:c@d,e;f$g&h*%20", "/a=b:c@d,e;f$g&h*%2520"},
      {"path-character-bare==", "service", "/a=b:c", "/a=b%3Ac"},
      {"path-character-bare=:", "s3", "/a=b:c", "/a%3Db:c"},
      {"path-character-bare=+", "s3", "/a%2Bb=", "/a+b%3D"},
      {"path-tilde-encoded", "service", "/~a", "/%7Ea"},
      {"path-lower-case-hex", "s3", "/a%2B=", "/a%2b%3d"},
      {"path-blank-as-plus", "s3", "/a%20b=", "/a+b%3D"},
      {"path-blank-as-plus", "service", "/a%20b=", "/a%2Bb%3D"},
      {"path-plus-as-blank", "s3", "/a+b", "/a%20b"},
      {"path-plus-as-blank", "service", "/a+b", "/a%2520b"},
      {"path-slash-encoded", "service", "/a/b", "/a%2Fb"},
      {"path-all-slashes-encoded", "service", "/a/b", "%2Fa%2Fb"},
      {"path-slash-decoded", "s3", "/a%2Fb=", "/a/b%3D"},
      {"path-slash-decoded", "service", "/a%2fb", "/a/b"},
      {"path-slash-lost", "service", "/a/", "/a"},
      {"path-empty", "service", "/", ""},
      {"path-with-url=https", "service", "/a", "https://h/a"},
      {"path-with-url=http", "service", "/a", "http://h/a"},
      {"path-with-host", "service", "/a", "h/a"},
      // By Python's urllib.parse.quote and unicodedata.
      {"path-latin1", "s3", "/caf%C3%A9=", "/caf%E9%3D"},
      {"path-latin1", "service", "/caf%C3%A9", "/caf%25E9"},
      {"path-latin1", "s3", "/%E1%88%B4=", "/%3F%3D"},
      {"path-decomposed", "s3", "/caf%C3%A9=", "/cafe%CC%81%3D"},
      {"path-decomposed", "service", "/%C3%84%C5%A1", "/A%25CC%2588s%25CC%258C"},
      {"path-utf8-twice", "s3", "/caf%C3%A9=", "/caf%C3%83%C2%A9%3D"},
  };
  DefectRows rows;
  for (const Row& row : kRows) {
    rows.ExpectCanonical(row.name, {.target = row.sent, .service = row.service},
                         Canonical(row.was_signed, ""));
  }
  rows.ExpectCanonical("path-with-query", {.target = "/a?b=1"}, Canonical("/a?b=1", "b=1"));
  rows.ExpectAllOf(PathDefects());
}

}  // namespace
}  // namespace sigvet
