#include "diagnosis/verify_request.h"

#include <gtest/gtest.h>

#include <string>

#include "backends/backend_registry.h"
#include "signing/http_parser.h"
#include "signing/service_rules.h"

namespace sigvet {
namespace {

// The request for ListUsers of the AWS IAM User Guide.
constexpr std::string_view kRequest =
    "GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\r\nHost: iam.amazonaws.com\r\n"
    "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"
    "X-Amz-Date: 20150830T123600Z\r\nAuthorization: AWS4-HMAC-SHA256 "
    "Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
    "SignedHeaders=content-type;host;x-amz-date, "
    "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7\r\n\r\n";
constexpr const char* kCanonicalRequest =
    "GET\n/\nAction=ListUsers&Version=2010-05-08\n"
    "content-type:application/x-www-form-urlencoded; charset=utf-8\nhost:iam.amazonaws.com\n"
    "x-amz-date:20150830T123600Z\n\ncontent-type;host;x-amz-date\n"
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kStringToSign =
    "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
    "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";

const Secret& ExampleSecret() {
  static const Secret secret{std::string_view("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")};
  return secret;
}

std::string Replaced(std::string_view text, const std::string& from, const std::string& to) {
  std::string changed(text);
  const std::size_t found = changed.find(from);
  EXPECT_NE(found, std::string::npos) << from;
  return changed.replace(found, from.size(), to);
}

VerifyReport Verify(const Evidence& evidence, std::string_view text = kRequest) {
  const auto request = ParseHttpRequest(text);
  EXPECT_TRUE(request) << ToString(request.error());
  const auto claim = ReadSigv4Claim(*request);
  EXPECT_TRUE(claim) << ToString(claim.error());
  const BackendResult backend = MakeAnyBackend();
  auto report =
      VerifyRequest(**backend, {*request, *claim, PathRulesOf(claim->service), true}, evidence);
  EXPECT_TRUE(report) << ToString(report.error());
  return std::move(*report);
}

ServerReply Mismatch(const std::string& canonical_request, const std::string& string_to_sign) {
  return {.code = "SignatureDoesNotMatch",
          .message = "m",
          .canonical_request = canonical_request,
          .string_to_sign = string_to_sign};
}

TEST(VerifyRequest, ThePublishedRequestIsValid) {
  const VerifyReport report = Verify({.secret = &ExampleSecret()});
  EXPECT_TRUE(report.nothing_wrong());
  EXPECT_TRUE(report.signature_matches());
  EXPECT_EQ(report.canonical_request, kCanonicalRequest);
  EXPECT_EQ(report.string_to_sign, kStringToSign);
}

TEST(VerifyRequest, WithoutTheSecretNothingIsSaidOfTheSignature) {
  const VerifyReport report = Verify({.canonical_request = kCanonicalRequest});
  EXPECT_TRUE(report.nothing_wrong());
  EXPECT_FALSE(report.has_signature());
  EXPECT_FALSE(report.signature_matches());
  EXPECT_FALSE(report.signer_text_gives_signature.has_value());
}

TEST(VerifyRequest, FindsTheStageAndTheMistake) {
  const VerifyReport report =
      Verify({.secret = &ExampleSecret()}, Replaced(kRequest, "GET", "POST"));
  EXPECT_FALSE(report.nothing_wrong());
  ASSERT_EQ(report.explanation.size(), 1U);
  EXPECT_EQ(report.explanation[0].id, "method-get");
  ASSERT_TRUE(report.canonical_request_finding);
  EXPECT_EQ(report.canonical_request_finding->difference.line, 1U);
  EXPECT_EQ(report.canonical_request_finding->difference.expected, "POST");
  EXPECT_EQ(report.canonical_request_finding->difference.actual, "GET");
  EXPECT_EQ(report.canonical_request_finding->expected_from, Source::kRules);
  EXPECT_EQ(report.canonical_request_finding->actual_from, Source::kDefect);
  EXPECT_FALSE(report.string_to_sign_finding);
}

TEST(VerifyRequest, ComparesTheSignersTexts) {
  const std::string sent = Replaced(kRequest, "Version=2010", "Version=2011");
  const VerifyReport report =
      Verify({.secret = &ExampleSecret(), .canonical_request = kCanonicalRequest}, sent);
  ASSERT_TRUE(report.canonical_request_finding);
  EXPECT_EQ(report.canonical_request_finding->difference.what, "the query");
  EXPECT_EQ(report.canonical_request_finding->actual_from, Source::kSigner);
  EXPECT_EQ(report.signer_text_gives_signature, true);
  EXPECT_TRUE(report.explanation.empty());

  const VerifyReport texts = Verify({.string_to_sign = kStringToSign}, sent);
  EXPECT_FALSE(texts.nothing_wrong());
  ASSERT_TRUE(texts.string_to_sign_finding);
  EXPECT_EQ(texts.string_to_sign_finding->difference.line, 4U);
}

TEST(VerifyRequest, TakesWhatFilesAddAway) {
  const std::string text = kCanonicalRequest;
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  for (const std::string& file : {text, text + "\n", crlf, crlf + "\r\n"}) {
    const VerifyReport report = Verify({.secret = &ExampleSecret(), .canonical_request = file});
    EXPECT_TRUE(report.nothing_wrong());
    EXPECT_TRUE(report.signer_text_gives_signature.value_or(false));
  }
  const VerifyReport report =
      Verify({.secret = &ExampleSecret(), .canonical_request = text + "\n\n"});
  ASSERT_TRUE(report.canonical_request_finding);
  EXPECT_EQ(report.canonical_request_finding->difference.what, "a line too many");
}

TEST(VerifyRequest, ExplainsAStringToSignByItsHash) {
  const std::string unsorted = Replaced(kRequest, "Action=ListUsers&Version=2010-05-08",
                                        "Version=2010-05-08&Action=ListUsers");
  // The hash of the canonical request with the query in that order, by sha256sum.
  const std::string string_to_sign =
      Replaced(kStringToSign, "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59",
               "4e20446a66f21ebf005ac41bcaf7ff1dfaf23fe0ab1c21924bb9beaaa1c0564e");
  const VerifyReport report = Verify({.string_to_sign = string_to_sign}, unsorted);
  ASSERT_EQ(report.explanation.size(), 1U);
  EXPECT_EQ(report.explanation[0].id, "query-not-sorted");
  ASSERT_TRUE(report.canonical_request_finding);
  EXPECT_EQ(report.canonical_request_finding->difference.what, "the query");
}

TEST(VerifyRequest, ComparesWhatTheServiceComputed) {
  const std::string other = Replaced(kCanonicalRequest, "; charset=utf-8", "");
  const VerifyReport report = Verify({.reply = Mismatch(other, "")});
  EXPECT_FALSE(report.nothing_wrong());
  ASSERT_TRUE(report.canonical_request_finding);
  EXPECT_EQ(report.canonical_request_finding->difference.what, "the header content-type");
  EXPECT_EQ(report.canonical_request_finding->expected_from, Source::kServer);
  EXPECT_EQ(report.canonical_request_finding->actual_from, Source::kRules);
  EXPECT_FALSE(report.service_has_another_secret);
}

TEST(VerifyRequest, TheServicesTextIsExplainedToo) {
  const std::string other =
      Replaced(kCanonicalRequest, "host:iam.amazonaws.com", "host:iam.amazonaws.com:443");
  const VerifyReport report = Verify({.secret = &ExampleSecret(), .reply = Mismatch(other, "")});
  ASSERT_EQ(report.server_explanation.size(), 1U);
  EXPECT_EQ(report.server_explanation[0].id, "host-with-port-443");
}

TEST(VerifyRequest, TheSameTextUnderAnotherSignatureMeansAnotherSecret) {
  const Evidence evidence = {.secret = &ExampleSecret(),
                             .reply = Mismatch(kCanonicalRequest, kStringToSign)};
  EXPECT_TRUE(Verify(evidence).service_has_another_secret);
  EXPECT_FALSE(Verify(evidence).nothing_wrong());
  EXPECT_FALSE(Verify({.reply = Mismatch(kCanonicalRequest, "")}).service_has_another_secret);
  EXPECT_FALSE(
      Verify({.secret = &ExampleSecret(), .reply = Mismatch("", "")}).service_has_another_secret);
}

TEST(VerifyRequest, ReadsOtherErrorsAndOtherRequests) {
  const VerifyReport skewed =
      Verify({.secret = &ExampleSecret(), .reply = ServerReply{.code = "RequestTimeTooSkewed"}});
  ASSERT_TRUE(skewed.server_remark);
  EXPECT_EQ(skewed.server_remark->id, "clock");
  EXPECT_FALSE(skewed.nothing_wrong());
  ServerReply reply = Mismatch(kCanonicalRequest, "");
  reply.signature_provided = std::string(64, '0');
  EXPECT_TRUE(Verify({.reply = reply}).reply_is_of_another_request);
  EXPECT_FALSE(Verify({.reply = Mismatch(kCanonicalRequest, "")}).reply_is_of_another_request);
}

TEST(VerifyRequest, ARightSignatureStaysRightBesideAnotherText) {
  const VerifyReport report =
      Verify({.secret = &ExampleSecret(),
              .canonical_request = Replaced(kCanonicalRequest, "GET", "PUT"),
              .string_to_sign = "AWS4-HMAC-SHA256\nx"});
  EXPECT_TRUE(report.nothing_wrong());
  EXPECT_TRUE(report.canonical_request_finding);
  EXPECT_EQ(report.signer_text_is_right, false);
  EXPECT_EQ(report.signer_string_gives_signature, false);
}

TEST(VerifyRequest, ErrorsThatAreNotAboutTheSignatureLeaveItRight) {
  for (const char* code : {"NoSuchKey", "NeverHeardOf"}) {
    const ServerReply reply = {.code = code, .message = "m"};
    EXPECT_TRUE(Verify({.secret = &ExampleSecret(), .reply = reply}).nothing_wrong()) << code;
    EXPECT_TRUE(Verify({.reply = reply}).nothing_wrong()) << code;
  }
}

TEST(VerifyRequest, RightTextsUnderAWrongSignature) {
  const std::string sent =
      Replaced(kRequest, "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
               std::string(64, '0'));
  const VerifyReport report = Verify({.secret = &ExampleSecret(),
                                      .canonical_request = kCanonicalRequest,
                                      .string_to_sign = kStringToSign,
                                      .reply = Mismatch(kCanonicalRequest, kStringToSign)},
                                     sent);
  EXPECT_EQ(report.signer_text_is_right, true);
  EXPECT_EQ(report.signer_string_is_right, true);
  EXPECT_EQ(report.signer_text_gives_signature, false);
  EXPECT_EQ(report.signer_string_gives_signature, false);
  EXPECT_TRUE(report.service_agrees);
  EXPECT_FALSE(report.service_has_another_secret);
}

TEST(VerifyRequest, NothingIsTakenFromAReplyToAnotherRequest) {
  ServerReply reply = Mismatch(Replaced(kCanonicalRequest, "GET", "PUT"), "");
  reply.signature_provided = std::string(64, '0');
  const VerifyReport report = Verify({.secret = &ExampleSecret(), .reply = reply});
  EXPECT_TRUE(report.nothing_wrong());
  EXPECT_FALSE(report.canonical_request_finding);
  EXPECT_TRUE(report.server_explanation.empty());
  EXPECT_FALSE(Verify({.reply = reply}).nothing_wrong());
}

TEST(VerifyRequest, WhatCannotBeSignedIsAnError) {
  const auto request = ParseHttpRequest(Replaced(kRequest, "GET /?", "GET /%zz?"));
  const auto claim = ReadSigv4Claim(*request);
  const BackendResult backend = MakeAnyBackend();
  const auto report = VerifyRequest(**backend, {*request, *claim, {}, true}, {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message,
            "the path has a percent sign without two hex digits: \"%zz\" at byte 2");
}

}  // namespace
}  // namespace sigvet
