#include "diagnosis/request_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "signing/http_parser.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;

constexpr const char* kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A signed request after this change: `from` replaced by `to`.
SignedRequest Changed(std::string_view text, const std::string& from = "",
                      const std::string& to = "") {
  std::string changed(text);
  const std::size_t found = changed.find(from);
  EXPECT_NE(found, std::string::npos) << from;
  changed.replace(found, from.size(), to);
  auto request = ParseHttpRequest(changed);
  EXPECT_TRUE(request) << ToString(request.error());
  auto claim = ReadSigv4Claim(*request);
  EXPECT_TRUE(claim) << ToString(claim.error());
  return {*request, *claim, {}, true};
}

constexpr std::string_view kHeaderForm =
    "GET / HTTP/1.1\nHost: example.com\nX-Amz-Date: 20150830T123600Z\nX-Amz-Meta-A: b\n"
    "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/"
    "aws4_request, SignedHeaders=host;x-amz-date;x-amz-meta-a, "
    "Signature=0000000000000000000000000000000000000000000000000000000000000000\n\n";

constexpr std::string_view kQueryForm =
    "GET /?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20150830%2Fr%2Fs3%2Faws4_request&"
    "X-Amz-Date=20150830T123600Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature="
    "0000000000000000000000000000000000000000000000000000000000000000 HTTP/1.1\nHost: h\n\n";

std::vector<std::string> Ids(const SignedRequest& signed_request) {
  std::vector<std::string> ids;
  for (const Remark& remark : CheckSignedRequest(signed_request, kEmptyHash)) {
    EXPECT_FALSE(remark.sentence.empty());
    EXPECT_FALSE(remark.remedy.empty());
    ids.push_back(remark.id);
  }
  return ids;
}

std::vector<std::string> InHeaderForm(const std::string& from, const std::string& to) {
  return Ids(Changed(kHeaderForm, from, to));
}

std::vector<std::string> InQueryForm(const std::string& from, const std::string& to) {
  return Ids(Changed(kQueryForm, from, to));
}

TEST(RequestChecks, FindNothingInGoodRequests) {
  EXPECT_THAT(Ids(Changed(kHeaderForm)), ElementsAre());
  EXPECT_THAT(Ids(Changed(kQueryForm)), ElementsAre());
}

TEST(RequestChecks, OfTheTime) {
  EXPECT_THAT(InHeaderForm("Date: 20150830T123600Z", "Date: 20150831T000000Z"),
              ElementsAre("date-not-of-scope"));
  EXPECT_THAT(InHeaderForm("Date: 20150830T123600Z", "Date: 20150830T123600UTC"),
              ElementsAre("date-malformed"));
  EXPECT_THAT(InHeaderForm("X-Amz-Date: 20150830T123600Z", "X: y"),
              ElementsAre("date-missing", "signed-header-not-sent"));
}

TEST(RequestChecks, OfTheExpiry) {
  for (const char* seconds : {"0", "604801", "-1", "1.5", "", "1h", "99999999999999999999"}) {
    EXPECT_THAT(InQueryForm("Expires=604800", std::string("Expires=") + seconds),
                ElementsAre("expires-out-of-range"))
        << seconds;
  }
  EXPECT_THAT(InQueryForm("Expires=604800", "Expires=1"), ElementsAre());
  const auto remedy = [](const char* seconds) {
    return CheckSignedRequest(
               Changed(kQueryForm, "Expires=604800", std::string("Expires=") + seconds), kEmptyHash)
        .at(0)
        .remedy;
  };
  EXPECT_EQ(remedy("0"), "at least one second, at most a week");
  EXPECT_EQ(remedy("3600000"), "seconds, not milliseconds, and at most a week");
}

TEST(RequestChecks, OfSignedHeaders) {
  EXPECT_THAT(InHeaderForm("=host;x-amz-date;", "=x-amz-date;host;"),
              ElementsAre("signed-headers-order"));
  EXPECT_THAT(InHeaderForm("=host;", "=Host;"), ElementsAre("signed-headers-case"));
  EXPECT_THAT(InHeaderForm("=host;", "=host;host;"), ElementsAre("signed-headers-repeated"));
  EXPECT_THAT(InHeaderForm("=host;", "=accept;host;"), ElementsAre("signed-header-not-sent"));
  EXPECT_THAT(InHeaderForm("=host;", "="), ElementsAre("host-not-signed"));
  EXPECT_THAT(InHeaderForm(";x-amz-meta-a", ""), ElementsAre("amz-header-not-signed"));
  EXPECT_THAT(InHeaderForm("Host: example.com\n", ""),
              ElementsAre("signed-header-not-sent", "host-count"));
  EXPECT_THAT(InHeaderForm("Host: example.com\n", "Host: a\nHost: b\n"), ElementsAre("host-count"));
}

TEST(RequestChecks, OfASessionTokenThatIsAddedAfterwards) {
  SignedRequest signed_request =
      Changed(kHeaderForm, "X-Amz-Meta-A: b\n", "X-Amz-Meta-A: b\nX-Amz-Security-Token: t\n");
  EXPECT_THAT(Ids(signed_request), ElementsAre("amz-header-not-signed"));
  signed_request.session_token_is_signed = false;
  EXPECT_THAT(Ids(signed_request), ElementsAre());
}

TEST(RequestChecks, OfThePayload) {
  const auto with = [](const std::string& value) {
    SignedRequest signed_request = Changed(
        kHeaderForm, "X-Amz-Meta-A: b\n", "X-Amz-Meta-A: b\nX-Amz-Content-Sha256: " + value + "\n");
    signed_request.claim.signed_headers.insert(signed_request.claim.signed_headers.begin() + 1,
                                               "x-amz-content-sha256");
    return Ids(signed_request);
  };
  EXPECT_THAT(with(kEmptyHash), ElementsAre());
  EXPECT_THAT(with("UNSIGNED-PAYLOAD"), ElementsAre());
  EXPECT_THAT(with("STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ElementsAre());
  EXPECT_THAT(with(std::string(64, 'a')), ElementsAre("content-sha256-not-of-body"));
  EXPECT_THAT(with("UNSIGNED PAYLOAD"), ElementsAre("content-sha256-malformed"));
  EXPECT_THAT(InHeaderForm("/service/", "/s3/"), ElementsAre("content-sha256-missing"));
}

TEST(RequestChecks, OfTheLength) {
  EXPECT_THAT(InHeaderForm("X-Amz-Meta-A: b\n", "X-Amz-Meta-A: b\nContent-Length: 0\n"),
              ElementsAre());
  EXPECT_THAT(InHeaderForm("X-Amz-Meta-A: b\n", "X-Amz-Meta-A: b\nContent-Length: 5\n"),
              ElementsAre("content-length"));
}

}  // namespace
}  // namespace sigvet
