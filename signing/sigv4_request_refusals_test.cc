#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "signing/sigv4_request.h"
#include "signing/test_requests.h"

namespace sigvet {
namespace {

class SignSigv4Refusals : public ::testing::Test {
 protected:
  std::string Refusal(const HttpRequest& request, const Sigv4Credentials& credentials,
                      const Sigv4Settings& settings) {
    const auto out = SignSigv4(*backend_, request, credentials, settings, true);
    return out ? "" : ToString(out.error());
  }

  std::unique_ptr<Backend> backend_ = MakeAnyBackend().value();
};

TEST_F(SignSigv4Refusals, RefusesSettingsThatCannotBeSigned) {
  const auto refusal = [&](const std::function<void(Sigv4Credentials&, Sigv4Settings&)>& change) {
    Sigv4Credentials credentials = SuiteCredentials();
    Sigv4Settings settings = SuiteSettings();
    change(credentials, settings);
    return Refusal(SuiteGet(), credentials, settings);
  };
  EXPECT_EQ(refusal([](auto&, auto& s) { s.timestamp = "20150830T246060Z"; }),
            "the timestamp \"20150830T246060Z\" is no time (UTC, as in 20150830T123600Z)");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.timestamp = ""; }),
            "the timestamp \"\" is no time (UTC, as in 20150830T123600Z)");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.access_key_id = ""; }), "the access key id is empty");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.access_key_id = "a\nb"; }),
            "the access key id has a blank or a control character");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.access_key_id = "a,b"; }),
            "the access key id has a comma");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.access_key_id = "a/b"; }),
            "the access key id has a slash");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.secret = Secret(); }), "the secret is empty");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.session_token = "a\r"; }),
            "the session token has a control character");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.region = ""; }),
            "the region is empty (as in us-east-1)");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.region = "us\neast"; }),
            "the region has a blank or a control character");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.region = "us/east"; }), "the region has a slash");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.service = ""; }), "the service is empty (as in s3)");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.service = "s3\x7F"; }),
            "the service has a blank or a control character");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.service = "s3 "; }),
            "the service has a blank or a control character");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.timestamp = "00000101T000000Z"; }),
            "the timestamp \"00000101T000000Z\" is no time (UTC, as in 20150830T123600Z)");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.payload_hash = ""; }), "the payload hash is empty");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.payload_hash = "a\nb"; }),
            "the payload hash \"a\\nb\" can't be signed "
            "(64 hex digits, or a word such as UNSIGNED-PAYLOAD)");
  EXPECT_EQ(refusal([](auto&, auto&) {}), "");
}

TEST_F(SignSigv4Refusals, RefusesRequestsThatCannotBeSigned) {
  const auto refusal = [&](const HttpRequest& request) {
    return Refusal(request, SuiteCredentials(), SuiteSettings());
  };
  HttpRequest no_host = SuiteGet();
  no_host.headers.clear();
  EXPECT_EQ(refusal(no_host), "there is no Host header (the host is a part of what is signed)");
  EXPECT_EQ(refusal({"GET", "/", "", {{"Host", " \t"}}, ""}),
            "the header Host is empty (the host is a part of what is signed)");
  EXPECT_EQ(refusal(SuiteGet("/", "", {{"HOST", "example.amazonaws.com"}})),
            "the header Host is given twice");
  EXPECT_EQ(refusal(SuiteGet("/", "", {{"authorization", "x"}})),
            "there is an Authorization header already (sign the request without it)");
  EXPECT_EQ(refusal(SuiteGet("/", "", {{"a b", "x"}})),
            "the header name \"a b\" is no token "
            "(letters, digits and !#$%&'*+-.^_`|~ may stand in a name)");
  EXPECT_EQ(refusal(SuiteGet("/", "", {{"A", "x\r\nHost: y"}})),
            "the header A has a line break in its value "
            "(a value goes on in the next line only where that begins with a blank)");
  EXPECT_EQ(refusal(SuiteGet("/", "", {{"A", "x\x01"}})),
            "the header A has a control character in its value: \\x01");
  EXPECT_EQ(refusal(SuiteGet("a")), "the path \"a\" does not begin with a slash");
  EXPECT_EQ(refusal(SuiteGet("/%")),
            "the path has a percent sign without two hex digits: \"%\" at byte 2 "
            "(a percent sign itself is %25)");
  EXPECT_EQ(refusal(SuiteGet("/", "a=%f")),
            "the query has a percent sign without two hex digits: \"%f\" at byte 3 "
            "(a percent sign itself is %25)");
  HttpRequest no_method = SuiteGet();
  no_method.method = "";
  EXPECT_EQ(refusal(no_method), "the method \"\" is no token (as in GET)");
  EXPECT_EQ(refusal(SuiteGet()), "");
}

TEST_F(SignSigv4Refusals, RefusesHeadersThatSayOtherwise) {
  const auto refusal = [&](const std::vector<HttpHeader>& headers, std::string session_token = {},
                           std::optional<std::string> payload_hash = {}) {
    Sigv4Settings settings = SuiteSettings();
    settings.payload_hash = std::move(payload_hash);
    return Refusal(SuiteGet("/", "", headers), SuiteCredentials(std::move(session_token)),
                   settings);
  };
  EXPECT_EQ(refusal({{"X-Amz-Date", "20150830T123601Z"}}),
            "the header X-Amz-Date says \"20150830T123601Z\", the timestamp is 20150830T123600Z "
            "(leave the header out: it is added)");
  EXPECT_EQ(refusal({{"X-Amz-Date", "20150830T123600Z"}, {"x-amz-date", "20150830T123600Z"}}),
            "the header X-Amz-Date is given twice");
  EXPECT_EQ(refusal({{"X-Amz-Security-Token", "other"}}, "token"),
            "the header X-Amz-Security-Token is not the session token of the credentials "
            "(leave the header out: it is added)");
  EXPECT_EQ(refusal({{"X-Amz-Security-Token", "other"}}), "");
  EXPECT_EQ(refusal({{"X-Amz-Security-Token", "a"}, {"X-Amz-Security-Token", "a"}}),
            "the header X-Amz-Security-Token is given twice");
  EXPECT_EQ(refusal({{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}}, "", "STREAMING"),
            "the header X-Amz-Content-Sha256 says \"UNSIGNED-PAYLOAD\", the payload hash is "
            "\"STREAMING\" "
            "(give one of them alone)");
  EXPECT_EQ(refusal({{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD "}}, "", "UNSIGNED-PAYLOAD"), "");
  EXPECT_EQ(refusal({{"X-Amz-Content-Sha256", ""}}), "the payload hash is empty");
  EXPECT_EQ(refusal({{"X-Amz-Content-Sha256", "a\nb"}}),
            "the header X-Amz-Content-Sha256 has a line break in its value "
            "(a value goes on in the next line only where that begins with a blank)");
  EXPECT_EQ(refusal({{"X-Amz-Date", "20150830T123600Z\n"}}),
            "the header X-Amz-Date has a line break in its value "
            "(a value goes on in the next line only where that begins with a blank)");
}

}  // namespace
}  // namespace sigvet
