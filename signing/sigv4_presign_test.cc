#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hex.h"
#include "signing/sigv4_request.h"
#include "signing/test_backends.h"
#include "signing/test_requests.h"

namespace sigvet {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// "Authenticating Requests: Using Query Parameters", Amazon S3 API Reference.
TEST(PresignSigv4, GivesTheS3Example) {
  Sigv4Settings settings = S3Settings();
  settings.payload_hash = "UNSIGNED-PAYLOAD";
  const HttpRequest request = {
      "GET", "/test.txt", "", {{"Host", "examplebucket.s3.amazonaws.com"}}, ""};
  for (const auto& [id, backend] : TestBackends()) {
    const auto out = PresignSigv4(*backend, request, S3Credentials(), settings, 86400);
    ASSERT_TRUE(out.ok()) << ToString(out.error());
    EXPECT_EQ(ToHex(backend->Sha256(AsBytes(out->canonical_request))),
              "3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04")
        << out->canonical_request;
    EXPECT_EQ(out->signature, "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    EXPECT_EQ(out->url,
              "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
              "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
              "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
              "&X-Amz-Signature="
              "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  }
}

// "Create a signed AWS API request", AWS IAM User Guide: ListUsers by its query.
TEST(PresignSigv4, GivesTheIamExample) {
  const HttpRequest request = {
      "GET",
      "/",
      "Action=ListUsers&Version=2010-05-08",
      {{"Host", "iam.amazonaws.com"},
       {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
      ""};
  for (const auto& [id, backend] : TestBackends()) {
    Sigv4KeyCache cache;
    for (int i = 0; i < 2; ++i) {
      const auto out = PresignSigv4(*backend, request, SuiteCredentials(),
                                    {"us-east-1", "iam", "20150830T123600Z"}, 60, &cache);
      ASSERT_TRUE(out.ok()) << ToString(out.error());
      EXPECT_EQ(out->signature, "37ac2f4fde00b0ac9bd9eadeb459b1bbee224158d66e7ae5fcadb70b2d181d02")
          << id;
      EXPECT_THAT(out->url, HasSubstr("&X-Amz-SignedHeaders=content-type%3Bhost&"));
    }
  }
}

class PresignSigv4Test : public ::testing::Test {
 protected:
  Result<Sigv4PresignedUrl> Presign(const HttpRequest& request,
                                    const Sigv4Settings& settings = SuiteSettings(),
                                    std::int64_t expires_s = 3600, std::string session_token = {}) {
    return PresignSigv4(*backend_, request, SuiteCredentials(std::move(session_token)), settings,
                        expires_s);
  }

  std::string Refusal(const HttpRequest& request, std::int64_t expires_s = 3600,
                      std::string session_token = {}) {
    const auto out = Presign(request, SuiteSettings(), expires_s, std::move(session_token));
    return out ? "" : ToString(out.error());
  }

  std::unique_ptr<Backend> backend_ = MakeAnyBackend().value();
};

// AWS's test suite, the query form of get-vanilla and get-vanilla-with-session-token.
TEST_F(PresignSigv4Test, SignsTheSessionTokenOrAddsItAfter) {
  const auto vanilla = Presign(SuiteGet());
  ASSERT_TRUE(vanilla.ok());
  EXPECT_EQ(vanilla->signature, "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d");

  const std::string token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
  const auto is_signed = Presign(SuiteGet(), SuiteSettings(), 3600, token);
  ASSERT_TRUE(is_signed.ok());
  EXPECT_EQ(is_signed->signature,
            "7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c");
  EXPECT_THAT(is_signed->url,
              EndsWith("&X-Amz-Security-Token=" + token +
                       "&X-Amz-SignedHeaders=host&X-Amz-Signature=" + is_signed->signature));

  Sigv4Settings settings = SuiteSettings();
  settings.sign_session_token = false;
  const auto after = Presign(SuiteGet(), settings, 3600, "a/b+c=");
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after->signature, vanilla->signature);
  EXPECT_EQ(after->url, vanilla->url + "&X-Amz-Security-Token=a%2Fb%2Bc%3D");
}

// AWS's test suite, the query form of get-vanilla-query-unreserved and get-space-unnormalized.
TEST_F(PresignSigv4Test, PutsTheWholeRequestIntoTheUrl) {
  Sigv4Settings settings = SuiteSettings();
  settings.path.normalize = false;
  const auto space = Presign(SuiteGet("/example space/"), settings);
  ASSERT_TRUE(space.ok());
  EXPECT_EQ(space->signature, "7a1f416954786484c9824d93c1f26ef64acb9b1b6c9154d08c9f07d0e394abf6");
  EXPECT_THAT(space->url, StartsWith("https://example.amazonaws.com/example%20space/?X-Amz-"));

  // The path stands as the caller gave it: neither resolved nor encoded twice.
  const auto path = Presign(SuiteGet("/a/../%7e!b:c\xC3\xA9?#", "z=1&a&a%2Fb=c+d"));
  ASSERT_TRUE(path.ok());
  EXPECT_THAT(path->url, StartsWith("https://example.amazonaws.com/a/../%7e!b:c%C3%A9%3F%23?"
                                    "X-Amz-Algorithm="));
  EXPECT_THAT(path->url,
              HasSubstr("&X-Amz-SignedHeaders=host&a=&a%2Fb=c%2Bd&z=1&X-Amz-Signature="));
  EXPECT_THAT(Presign(SuiteGet(""))->url, StartsWith("https://example.amazonaws.com/?X-Amz-"));
}

TEST_F(PresignSigv4Test, SignsTheHeadersOfTheCaller) {
  const auto out =
      Presign(SuiteGet("/", "", {{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}, {"A", "1"}}));
  ASSERT_TRUE(out.ok());
  EXPECT_THAT(
      out->canonical_request,
      EndsWith("\na:1\nhost:example.amazonaws.com\nx-amz-content-sha256:UNSIGNED-PAYLOAD\n\n"
               "a;host;x-amz-content-sha256\nUNSIGNED-PAYLOAD"));
  EXPECT_THAT(out->url, HasSubstr("X-Amz-SignedHeaders=a%3Bhost%3Bx-amz-content-sha256&"));
  EXPECT_THAT(out->canonical_request, Not(HasSubstr("x-amz-date")));
}

TEST_F(PresignSigv4Test, EncodesTheAccessKeyId) {
  const auto out =
      PresignSigv4(*backend_, SuiteGet(), {"user+1@x", Secret(kPlusSecret)}, SuiteSettings(), 3600);
  ASSERT_TRUE(out.ok());
  EXPECT_THAT(out->url, HasSubstr("X-Amz-Credential=user%2B1%40x%2F20150830%2F"));
}

TEST_F(PresignSigv4Test, RefusesALifeThatNoUrlMayHave) {
  EXPECT_EQ(Refusal(SuiteGet(), 1), "");
  EXPECT_EQ(Refusal(SuiteGet(), kMaxExpiresS), "");
  EXPECT_EQ(Refusal(SuiteGet(), 0),
            "a presigned URL can't expire after 0 s (from 1 s to 604800 s, which is a week)");
  EXPECT_EQ(Refusal(SuiteGet(), 604801),
            "a presigned URL can't expire after 604801 s (from 1 s to 604800 s, which is a week)");
  EXPECT_NE(Refusal(SuiteGet(), -1), "");
}

TEST_F(PresignSigv4Test, RefusesWhatIsInTheUrlAlready) {
  for (const std::string name :
       {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders",
        "X-Amz-Security-Token", "X-Amz-Signature"}) {
    EXPECT_EQ(Refusal(SuiteGet("/", "a=1&" + name + "=x")),
              "the query has the parameter " + name + " already (presign the request without it)");
  }
  EXPECT_EQ(Refusal(SuiteGet("/", "x-amz%2Ddate")),
            "the query has the parameter X-Amz-Date already (presign the request without it)");
  EXPECT_EQ(Refusal(SuiteGet("/", "X-Amz-Meta=1")), "");
  EXPECT_EQ(Refusal(SuiteGet("/", "", {{"X-Amz-Date", "20150830T123600Z"}})),
            "X-Amz-Date is among the headers (a presigned URL has it in its query)");
}

TEST_F(PresignSigv4Test, RefusesASessionTokenInTwoPlaces) {
  const HttpRequest request = SuiteGet("/", "", {{"x-amz-security-token", "token"}});
  Sigv4Credentials credentials = SuiteCredentials();
  EXPECT_TRUE(PresignSigv4(*backend_, request, credentials, SuiteSettings(), 60).ok());
  credentials.session_token = "token";
  EXPECT_EQ(PresignSigv4(*backend_, request, credentials, SuiteSettings(), 60).error().message,
            "X-Amz-Security-Token is among the headers");
}

TEST_F(PresignSigv4Test, RefusesWhatSigningRefuses) {
  EXPECT_EQ(Refusal({"GET", "/", "", {}, ""}),
            "there is no Host header (the host is a part of what is signed)");
  EXPECT_EQ(Refusal(SuiteGet("/", "", {{"Authorization", "x"}})),
            "there is an Authorization header already (sign the request without it)");
  EXPECT_EQ(Refusal(SuiteGet("/", "", {{"X-Amz-Security-Token", "x"}}), 60, "y"),
            "the header X-Amz-Security-Token is not the session token of the credentials "
            "(leave the header out: it is added)");
  EXPECT_EQ(Refusal(SuiteGet("/%a")),
            "the path has a percent sign without two hex digits: \"%a\" at byte 2 "
            "(a percent sign itself is %25)");
  EXPECT_EQ(Refusal(SuiteGet("/", "%a")),
            "the query has a percent sign without two hex digits: \"%a\" at byte 1 "
            "(a percent sign itself is %25)");
  EXPECT_EQ(Refusal(SuiteGet("/", "", {{"A", "\n"}})),
            "the header A has a line break in its value "
            "(a value goes on in the next line only where that begins with a blank)");
  Sigv4Settings settings = SuiteSettings();
  settings.timestamp = "now";
  EXPECT_EQ(Presign(SuiteGet(), settings).error().message, "the timestamp \"now\" is no time");
  settings = SuiteSettings();
  settings.service = "";
  EXPECT_EQ(Presign(SuiteGet(), settings).error().message, "the service is empty");
  settings = SuiteSettings();
  settings.payload_hash = "a b";
  EXPECT_EQ(Presign(SuiteGet(), settings).error().message,
            "the payload hash \"a b\" can't be signed");
}

TEST_F(PresignSigv4Test, RefusesAHostThatNoUrlCanHave) {
  for (const std::string host : {"a b", "a/b", "a?b", "a#b", "user@host", "caf\xC3\xA9", "a\\b"}) {
    EXPECT_THAT(Refusal({"GET", "/", "", {{"Host", host}}, ""}),
                StartsWith("no URL can have the host \""));
  }
  for (const std::string host : {"localhost:9000", "[::1]:80", "my_bucket.s3.amazonaws.com"}) {
    EXPECT_EQ(Refusal({"GET", "/", "", {{"Host", host}}, ""}), "");
  }
}

}  // namespace
}  // namespace sigvet
