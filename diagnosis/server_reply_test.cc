#include "diagnosis/server_reply.h"

#include <gtest/gtest.h>

#include <string>

#include "diagnosis/service_errors.h"

namespace sigvet {
namespace {

constexpr const char* kCanonicalRequest =
    "GET\n/\nmarker=it%27s\nhost:example.amazonaws.com\nx-note:it's\n\nhost;x-note\nabc";
constexpr const char* kStringToSign =
    "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\ndef";

std::string Message() {
  return std::string(
             "The request signature we calculated does not match the signature you "
             "provided.\n\nThe Canonical String for this request should have been\n'") +
         kCanonicalRequest + "'\n\nThe String-to-Sign should have been\n'" + kStringToSign + "'\n";
}

std::string JsonEscaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\n') {
      escaped += "\\n";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

void ExpectStages(std::string_view text, const std::string& code) {
  const auto reply = ReadServerReply(text);
  ASSERT_TRUE(reply) << ToString(reply.error());
  EXPECT_EQ(reply->code, code);
  EXPECT_EQ(reply->canonical_request, kCanonicalRequest);
  EXPECT_EQ(reply->string_to_sign, kStringToSign);
}

std::string ErrorOf(std::string_view text) {
  const auto reply = ReadServerReply(text);
  if (reply) return "no error";
  const Place& place = reply.error().place;
  if (place.line == 0) return reply.error().message;
  return std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
         reply.error().message;
}

// The shapes are those of the services' API references; what is in them is made up.

TEST(ServerReply, ReadsTheXmlOfS3) {
  const std::string xml =
      std::string(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>"
          "<Code>SignatureDoesNotMatch</Code><Message>No match.</Message>"
          "<AWSAccessKeyId>AKIDEXAMPLE</AWSAccessKeyId><StringToSign>") +
      kStringToSign +
      "</StringToSign><SignatureProvided>0123</SignatureProvided><CanonicalRequest>" +
      kCanonicalRequest + "</CanonicalRequest><RequestId>1</RequestId></Error>";
  ExpectStages(xml, "SignatureDoesNotMatch");
  EXPECT_EQ(ReadServerReply(xml)->signature_provided, "0123");
  EXPECT_EQ(ReadServerReply(xml)->message, "No match.");
}

TEST(ServerReply, BelievesTheBytesBeforeTheText) {
  const auto reply = ReadServerReply(
      "<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>GET / x</CanonicalRequest>"
      "<CanonicalRequestBytes>47 45 54 0a 2F\n0d</CanonicalRequestBytes>"
      "<StringToSign>a&amp;b\r\n</StringToSign><StringToSignBytes>4</StringToSignBytes></Error>");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->canonical_request, "GET\n/\r");
  EXPECT_EQ(reply->string_to_sign, "a&b\r\n");
}

TEST(ServerReply, ReadsTheXmlOfTheQueryProtocol) {
  ExpectStages(
      "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>"
      "<Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>" +
          Message() + "</Message></Error><RequestId>1</RequestId></ErrorResponse>",
      "SignatureDoesNotMatch");
  ExpectStages("<Response><Errors><Error><Code>AuthFailure</Code><Message><![CDATA[" + Message() +
                   "]]></Message></Error></Errors></Response>",
               "AuthFailure");
}

TEST(ServerReply, ReadsJson) {
  const std::string message = JsonEscaped(Message());
  ExpectStages("{\"message\":\"" + message + "\"}", "");
  ExpectStages("{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\",\"message\":\"" +
                   message + "\"}",
               "InvalidSignatureException");
  ExpectStages("{\"Error\":{\"Code\":\"InvalidSignatureException\",\"Message\":\"" + message +
                   "\",\"Type\":1}}",
               "InvalidSignatureException");
  ExpectStages("{\"errors\":[{\"message\":\"" + message + "\",\"code\":\"InvalidSignature\"}]}",
               "InvalidSignature");
}

TEST(ServerReply, ReadsWhatIsNotQuiteJson) {
  // Some gateways write the line breaks of the message raw, and logs have the message alone.
  ExpectStages("{\n \"errors\": [\n {\n \"message\": \"" + Message() +
                   "\",\n \"code\": \"InvalidSignature\"\n }\n ]\n}",
               "");
  ExpectStages("InvalidSignatureException: " + Message(), "");
  ExpectStages("log: " + JsonEscaped(Message()), "");
}

TEST(ServerReply, TakesTheHeadAndAByteOrderMarkAway) {
  const std::string body = "\n{\"message\":\"" + JsonEscaped(Message()) + "\"}";
  ExpectStages("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n" + body, "");
  ExpectStages("HTTP/2 403\nx: y\n\n" + body, "");
  ExpectStages("\xef\xbb\xbf" + body, "");
}

TEST(ServerReply, ReadsTheErrorTypeOfTheHead) {
  const std::string head =
      "HTTP/1.1 403 Forbidden\r\nx-amzn-ErrorType: UnrecognizedClientException:http://a.b/\r\n\r\n";
  EXPECT_EQ(ReadServerReply(head + "{\"message\":\"m\"}")->code, "UnrecognizedClientException");
  EXPECT_EQ(ReadServerReply(head + "{\"message\":\"m\",\"code\":\"Own\"}")->code, "Own");
  EXPECT_EQ(ReadServerReply(head)->code, "UnrecognizedClientException");
}

TEST(ServerReply, AMessageThatWasCutShortHasNoStages) {
  const std::string message = Message();
  const auto reply = ReadServerReply(message.substr(0, message.find("x-note:")));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->canonical_request, "");
}

TEST(ServerReply, OtherRepliesAreErrorsWithTheirPlace) {
  EXPECT_EQ(ErrorOf(""), "the reply is empty");
  EXPECT_EQ(ErrorOf("  \r\n"), "the reply is empty");
  EXPECT_EQ(ErrorOf("Forbidden"), "this is neither XML nor JSON nor the message of an error");
  EXPECT_EQ(ErrorOf("{\n  \"message\": }"), "2:14: not JSON: unexpected character");
  EXPECT_EQ(ErrorOf("{\"a\":1"), "1:7: not JSON: unexpected end");
  EXPECT_EQ(ErrorOf("{\"a\":[\"message\"]}"),
            "the reply says nothing of an error: it has no code and no message");
  EXPECT_EQ(ErrorOf("<Error>\n<Code></Error>").substr(0, 13), "2:9: not XML:");
  EXPECT_EQ(ErrorOf("<html><body/></html>"),
            "the reply has no element Code: it is no error of a service");
  EXPECT_EQ(ErrorOf(std::string(21, '[') + std::string(21, ']')),
            "not a reply: more than 20 objects or lists within each other");
  EXPECT_EQ(ErrorOf(std::string(kMaxReplyBytes + 1, ' ')), "the reply is longer than 1 MiB");
  EXPECT_EQ(ErrorOf(std::string(kMaxReplyBytes, ' ')), "the reply is empty");
}

std::string IdOf(const std::string& code, const std::string& message = "m") {
  const auto remark = ExplainReply({.code = code, .message = message});
  return remark ? remark->id : "none";
}

TEST(ServiceErrors, OnlyOtherErrorsNeedASentence) {
  EXPECT_EQ(IdOf("SignatureDoesNotMatch"), "none");
  EXPECT_EQ(IdOf("InvalidSignatureException"), "none");
  EXPECT_EQ(IdOf("", Message()), "none");
  for (const char* code : {"NoSuchBucket", "NoSuchKey", "PermanentRedirect", "ThrottlingException",
                           "ResourceNotFoundException", "AccessDeniedException"}) {
    EXPECT_EQ(IdOf(code), "other");
    EXPECT_TRUE(IsNotAboutSignature({.code = code}));
  }
  EXPECT_EQ(IdOf("Odd"), "unknown");
  EXPECT_EQ(IdOf("", "Forbidden"), "unknown");
  EXPECT_FALSE(IsNotAboutSignature({.code = "SignatureDoesNotMatch"}));
  EXPECT_FALSE(IsNotAboutSignature({.code = "RequestExpired"}));
}

TEST(ServiceErrors, KnowsTheCodes) {
  EXPECT_EQ(IdOf("RequestTimeTooSkewed"), "clock");
  EXPECT_EQ(IdOf("SignatureDoesNotMatch",
                 "Signature expired: 20150830T123600Z is now earlier than 20150830T132100Z"),
            "expired");
  EXPECT_EQ(IdOf("InvalidSignatureException", "Signature not yet current: a is still later than b"),
            "too-early");
  EXPECT_EQ(IdOf("SignatureDoesNotMatch",
                 "Credential should be scoped to a valid region, not 'eu-west-1'."),
            "wrong-region");
  EXPECT_EQ(IdOf("SignatureDoesNotMatch", "Credential should be scoped to correct service: 'ses'."),
            "wrong-service");
  EXPECT_EQ(IdOf("AccessDenied", "Request has expired"), "url-expired");
  EXPECT_EQ(IdOf("AccessDenied", "There were headers present in the request which were not signed"),
            "headers-not-signed");
  EXPECT_EQ(IdOf("AccessDenied", "Access Denied"), "other");
  EXPECT_EQ(IdOf("InvalidAccessKeyId"), "unknown-key");
  EXPECT_EQ(IdOf("InvalidClientTokenId"), "unknown-key");
  EXPECT_EQ(IdOf("UnrecognizedClientException"), "unknown-key");
  EXPECT_EQ(IdOf("ExpiredTokenException"), "token-expired");
  EXPECT_EQ(IdOf("MissingAuthenticationTokenException"), "not-signed");
  EXPECT_EQ(IdOf("IncompleteSignatureException"), "malformed");
  EXPECT_EQ(IdOf("XAmzContentSHA256Mismatch"), "payload-hash");
  EXPECT_EQ(IdOf("", "The security token included in the request is invalid."), "unknown-key");
  EXPECT_EQ(IdOf("", "The security token included in the request is expired"), "token-expired");
  EXPECT_EQ(IdOf("", "Missing Authentication Token"), "not-signed");
}

TEST(ServiceErrors, RepeatsWhatTheServiceSaysSafely) {
  const auto remark = ExplainReply({.code = "Odd\x1b[31m", .message = "a\nb"});
  ASSERT_TRUE(remark);
  EXPECT_EQ(remark->sentence, "Odd\\x1b[31m: \"a\\nb\"");
  EXPECT_EQ(remark->remedy, "");
  EXPECT_EQ(ExplainReply({.message = "No way"})->sentence, "the service says \"No way\"");
}

}  // namespace
}  // namespace sigvet
