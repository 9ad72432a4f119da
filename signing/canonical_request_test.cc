#include "signing/canonical_request.h"

#include <gtest/gtest.h>

#include <vector>

namespace sigvet {
namespace {

// "Create a signed AWS API request", AWS IAM User Guide: ListUsers.
constexpr std::string_view kPublished =
    "GET\n"
    "/\n"
    "Action=ListUsers&Version=2010-05-08\n"
    "content-type:application/x-www-form-urlencoded; charset=utf-8\n"
    "host:iam.amazonaws.com\n"
    "x-amz-date:20150830T123600Z\n"
    "\n"
    "content-type;host;x-amz-date\n"
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const std::vector<HttpHeader> kHeaders = {
    {"Host", "iam.amazonaws.com"},
    {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
const std::vector<HttpHeader> kMoreHeaders = {{"X-Amz-Date", "20150830T123600Z"}};

CanonicalRequestSource PublishedSource() {
  return {
      .method = "GET",
      .path = "/",
      .query = "Version=2010-05-08&Action=ListUsers",
      .headers = kHeaders,
      .more_headers = kMoreHeaders,
      .payload_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  };
}

TEST(CanonicalRequest, IsAsPublished) {
  const auto made = MakeCanonicalRequest(PublishedSource());
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->text, kPublished);
  EXPECT_EQ(made->signed_headers(), "content-type;host;x-amz-date");
}

TEST(CanonicalRequest, ComesApartAndTogetherAgain) {
  const auto parts = SplitCanonicalRequest(kPublished);
  ASSERT_TRUE(parts.has_value());
  EXPECT_EQ(parts->method, "GET");
  EXPECT_EQ(parts->path, "/");
  EXPECT_EQ(parts->query, "Action=ListUsers&Version=2010-05-08");
  EXPECT_EQ(parts->headers,
            "content-type:application/x-www-form-urlencoded; charset=utf-8\n"
            "host:iam.amazonaws.com\nx-amz-date:20150830T123600Z\n");
  EXPECT_EQ(parts->signed_headers, "content-type;host;x-amz-date");
  EXPECT_EQ(parts->payload_hash,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(JoinCanonicalRequest(*parts), kPublished);
}

TEST(CanonicalRequest, ComesApartWithoutHeaders) {
  const auto parts = SplitCanonicalRequest("GET\n/\n\n\n\nUNSIGNED-PAYLOAD");
  ASSERT_TRUE(parts.has_value());
  EXPECT_EQ(parts->headers, "");
  EXPECT_EQ(parts->signed_headers, "");
  EXPECT_EQ(parts->payload_hash, "UNSIGNED-PAYLOAD");
  EXPECT_EQ(JoinCanonicalRequest(*parts), "GET\n/\n\n\n\nUNSIGNED-PAYLOAD");
}

TEST(CanonicalRequest, ComesApartOnlyInItsForm) {
  for (const std::string_view text : {"", "\n", "GET", "GET\n/\n", "GET\n/\n\n", "GET\n/\n\nhash",
                                      "GET\n/\n\nhost\nhash", "GET\n/\n\nhost:h\nhost\nhash"}) {
    EXPECT_EQ(SplitCanonicalRequest(text), std::nullopt) << text;
  }
}

std::string Refusal(const CanonicalRequestSource& source) {
  const auto made = MakeCanonicalRequest(source);
  return made ? "" : ToString(made.error());
}

TEST(CanonicalRequest, RefusesPartsThatCannotBeSigned) {
  CanonicalRequestSource source = PublishedSource();
  for (const auto& [method, refusal] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"", "the method \"\" is no token (as in GET)"},
           {"GET\n", "the method \"GET\\n\" is no token (as in GET)"},
           {"GET /", "the method \"GET /\" is no token (as in GET)"}}) {
    source.method = method;
    EXPECT_EQ(Refusal(source), refusal);
  }
  source = PublishedSource();
  source.payload_hash = "";
  EXPECT_EQ(Refusal(source), "the payload hash is empty");
  source.payload_hash = "UNSIGNED PAYLOAD";
  EXPECT_EQ(Refusal(source),
            "the payload hash \"UNSIGNED PAYLOAD\" can't be signed "
            "(64 hex digits, or a word such as UNSIGNED-PAYLOAD)");
  source = PublishedSource();
  source.path = "x";
  EXPECT_EQ(Refusal(source), "the path \"x\" does not begin with a slash");
  source = PublishedSource();
  source.query = "%";
  EXPECT_NE(Refusal(source), "");
  source = PublishedSource();
  source.more_headers = source.headers.first(0);
  EXPECT_EQ(Refusal(source), "");
  const std::vector<HttpHeader> bad = {{"A", "\n"}};
  source.headers = bad;
  EXPECT_NE(Refusal(source), "");
}

}  // namespace
}  // namespace sigvet
