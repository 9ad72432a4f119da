#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

constexpr auto kCanonical = Stage::Kind::kCanonicalRequest;
constexpr auto kFinal = Stage::Kind::kFinal;

/// What a presigned query is made of; each part stands between its neighbours in the order of the
/// names.
struct Parts {
  std::string before_credential = {};
  std::string credential = "k%2Bk%2F20150830%2Fr%2Fs%2Faws4_request";
  std::string expires = "60";
  std::string before_signature = {};
  std::string list = "host%3Bx-amz-a";
  std::string end = {};
};

std::string Query(const Parts& parts) {
  return "X-Amz-Algorithm=AWS4-HMAC-SHA256" + parts.before_credential +
         "&X-Amz-Credential=" + parts.credential +
         "&X-Amz-Date=20150830T123600Z&X-Amz-Expires=" + parts.expires + parts.before_signature +
         "&X-Amz-SignedHeaders=" + parts.list + parts.end;
}

std::string Signed(const Parts& parts) {
  return Canonical("/", Query(parts), "host:h\nx-amz-a:1 2\n", "host;x-amz-a");
}

TEST(PresignDefects, AreNamedByTheCanonicalRequest) {
  const std::string zeros(64, '0');
  const DefectCase c(ParsePresigned(Query({}) + "&X-Amz-Signature=" + zeros, "X-Amz-A: 1 2\n"));
  EXPECT_EQ(c.Right(kCanonical), Signed({}));
  DefectRows rows;
  const DefectRows::Row queries[] = {
      {"presign-content-sha256-in-query",
       Signed({.before_credential = std::string("&X-Amz-Content-Sha256=") + kEmptyHash})},
      {"presign-content-sha256-in-query-lower-case",
       Signed({.end = std::string("&x-amz-content-sha256=") + kEmptyHash})},
      {"presign-expires-milliseconds", Signed({.expires = "60000"})},
      {"presign-expires-minutes", Signed({.expires = "1"})},
      // By date --date=2015-08-30T12:37:00Z +%s.
      {"presign-expires-as-time", Signed({.expires = "1440938220"})},
      {"presign-expires-other=3600", Signed({.expires = "3600"})},
      {"presign-credential-slashes-bare",
       Signed({.credential = "k%2Bk/20150830/r/s/aws4_request"})},
      {"presign-credential-bare", Signed({.credential = "k+k/20150830/r/s/aws4_request"})},
      {"presign-access-key-id-bare",
       Signed({.credential = "k+k%2F20150830%2Fr%2Fs%2Faws4_request"})},
      {"presign-credential-slash-at-end", Signed({.credential = Parts().credential + "%2F"})},
      {"presign-signed-headers-bare", Signed({.list = "host;x-amz-a"})},
      {"presign-signature-empty", Signed({.before_signature = "&X-Amz-Signature="})},
      {"presign-signature-signed", Signed({.before_signature = "&X-Amz-Signature=" + zeros})},
      {"presign-headers-in-query",
       Canonical("/", "X-Amz-A=1%202&" + Query({.list = "host"}), "host:h\n", "host")},
  };
  rows.ExpectEach(c, kCanonical, queries);
  rows.ExpectAllOf(PresignDefects());
}

// The example of "Authenticating Requests: Using Query Parameters", Amazon S3 API Reference.
TEST(PresignDefects, AreNamedByWhatSdksGiveForTheExampleOfTheDocumentation) {
  const auto request = ParseHttpRequest(
      "GET /test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"
      "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&"
      "X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=" +
      std::string(64, '0') + " HTTP/1.1\nHost: examplebucket.s3.amazonaws.com\n\n");
  const auto claim = ReadSigv4Claim(*request);
  ASSERT_TRUE(claim);
  const DefectCase c({*request, *claim, PathRulesOf("s3"), true},
                     "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  EXPECT_EQ(c.Right(kFinal), "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  DefectRows rows;
  // What presign of @smithy/signature-v4 gives, as it is and with X-Amz-Content-Sha256 set.
  rows.Expect("payload-empty-not-unsigned", c, kFinal,
              "2f96f106e896a51445dbd699bd79337027afef2fd1d841506882218daeaf9b3c");
  rows.Expect("presign-content-sha256-in-query-lower-case", c, kFinal,
              "3007d4a635b3aa552fe945c51b41f2d91aafb0549822c469aaa6acaa3c64aefc");
}

}  // namespace
}  // namespace sigvet
