#include "signing/sigv4_claim.h"

#include <gtest/gtest.h>

#include <string>

namespace sigvet {
namespace {

// The request for ListUsers of the AWS IAM User Guide.
constexpr const char* kSignature =
    "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

std::string Authorization() {
  return std::string(
             "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
             "SignedHeaders=content-type;host;x-amz-date, Signature=") +
         kSignature;
}

HttpRequest SignedBy(const std::string& authorization) {
  return {"GET",
          "/",
          "Action=ListUsers&Version=2010-05-08",
          {{"Host", "iam.amazonaws.com"},
           {"X-Amz-Date", " 20150830T123600Z"},
           {"authorization", authorization}},
          ""};
}

constexpr const char* kQuery =
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%"
    "2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host%"
    "3Brange&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

HttpRequest Presigned(const std::string& query) {
  return {"GET", "/test.txt", query, {{"Host", "examplebucket.s3.amazonaws.com"}}, ""};
}

std::string ErrorOf(const HttpRequest& request) {
  const auto claim = ReadSigv4Claim(request);
  return claim ? "no error" : claim.error().message;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t found = text.find(from);
  EXPECT_NE(found, std::string::npos) << from;
  return text.replace(found, from.size(), to);
}

TEST(Sigv4Claim, ReadsTheHeader) {
  const auto claim = ReadSigv4Claim(SignedBy(Authorization()));
  ASSERT_TRUE(claim) << ToString(claim.error());
  EXPECT_EQ(*claim, (Sigv4Claim{.form = Sigv4Claim::Form::kHeader,
                                .access_key_id = "AKIDEXAMPLE",
                                .date = "20150830",
                                .region = "us-east-1",
                                .service = "iam",
                                .signed_headers = {"content-type", "host", "x-amz-date"},
                                .signature = kSignature,
                                .timestamp = "20150830T123600Z",
                                .expires = ""}));
}

TEST(Sigv4Claim, FieldsMayStandInAnyOrderAndWithoutBlanks) {
  const std::string signature = std::string("Signature=") + kSignature;
  const auto claim = ReadSigv4Claim(
      SignedBy("AWS4-HMAC-SHA256 " + signature +
               ",SignedHeaders=host,Credential=a/b/20150830/us-east-1/iam/aws4_request"));
  ASSERT_TRUE(claim) << ToString(claim.error());
  EXPECT_EQ(claim->access_key_id, "a/b");
  EXPECT_EQ(claim->signed_headers, std::vector<std::string>{"host"});
  EXPECT_EQ(claim->signature, kSignature);
}

TEST(Sigv4Claim, ReadsThePresignedForm) {
  const auto claim = ReadSigv4Claim(Presigned(kQuery));
  ASSERT_TRUE(claim) << ToString(claim.error());
  EXPECT_EQ(
      *claim,
      (Sigv4Claim{.form = Sigv4Claim::Form::kQuery,
                  .access_key_id = "AKIAIOSFODNN7EXAMPLE",
                  .date = "20130524",
                  .region = "us-east-1",
                  .service = "s3",
                  .signed_headers = {"host", "range"},
                  .signature = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
                  .timestamp = "20130524T000000Z",
                  .expires = "86400"}));
}

TEST(Sigv4Claim, TakesTheTimeFromDateWhereThereIsNoAmzDate) {
  HttpRequest request = SignedBy(Authorization());
  request.headers[1] = {"Date", "Sun, 30 Aug 2015 12:36:00 GMT"};
  EXPECT_EQ(ReadSigv4Claim(request)->timestamp, "20150830T123600Z");
  request.headers[1] = {"Date", "20150830T123600Z"};
  EXPECT_EQ(ReadSigv4Claim(request)->timestamp, "20150830T123600Z");
  request.headers[1] = {"Date", "Sun, 31 Feb 2015 12:36:00 GMT"};
  EXPECT_EQ(ReadSigv4Claim(request)->timestamp, "Sun, 31 Feb 2015 12:36:00 GMT");
  request.headers[1] = {"Other", "x"};
  EXPECT_EQ(ReadSigv4Claim(request)->timestamp, "");
}

TEST(Sigv4Claim, SaysWhatIsWrongWithAuthorization) {
  const std::string good = Authorization();
  const auto error = [&](const std::string& from, const std::string& to) {
    return ErrorOf(SignedBy(Replaced(good, from, to)));
  };
  EXPECT_EQ(error("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"),
            "Authorization, byte 1: the algorithm is \"AWS4-HMAC-SHA1\", not AWS4-HMAC-SHA256");
  EXPECT_EQ(error(", SignedHeaders", " SignedHeaders"),
            "Authorization, byte 77: no comma before SignedHeaders");
  EXPECT_EQ(error(", Signature", "; Signature"),
            "Authorization, byte 122: no comma before Signature");
  EXPECT_EQ(error(", Signature=", ", Signatur="),
            "Authorization, byte 122: there is no field \"Signatur\"");
  EXPECT_EQ(
      error(", Signature=", ", Signature"),
      "Authorization, byte 122: \"Signature" + std::string(kSignature) + "\" has no equals sign");
  EXPECT_EQ(error(", SignedHeaders", ",, SignedHeaders"),
            "Authorization, byte 77: there is nothing between two commas");
  EXPECT_EQ(error("SignedHeaders=content-type;host;x-amz-date, ", ""),
            "Authorization has no SignedHeaders");
  EXPECT_EQ(error("SignedHeaders=content-type;host;x-amz-date",
                  "Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request"),
            "Authorization, byte 78: Credential stands there twice");
  EXPECT_EQ(error("=content-type;host;x-amz-date", "="),
            "Authorization, byte 92: SignedHeaders is empty");
  EXPECT_EQ(error("content-type;host;", "content-type;;"),
            "Authorization, byte 92: SignedHeaders has an empty name: "
            "\"content-type;;x-amz-date\"");
}

TEST(Sigv4Claim, SaysWhatIsWrongWithCredentialAndSignature) {
  const std::string good = Authorization();
  const auto error = [&](const std::string& from, const std::string& to) {
    const std::string message = ErrorOf(SignedBy(Replaced(good, from, to)));
    return message.substr(message.find(": ") + 2);
  };
  EXPECT_EQ(error("/us-east-1", ""),
            "Credential has 4 parts between slashes, not five: "
            "\"AKIDEXAMPLE/20150830/iam/aws4_request\"");
  EXPECT_EQ(error("aws4_request", "aws4_request/"), "Credential ends in \"\", not in aws4_request");
  EXPECT_EQ(error("/20150830/", "/2015-08-30/"),
            "the date in Credential is not eight digits: \"2015-08-30\"");
  EXPECT_EQ(error("AKIDEXAMPLE", ""), "Credential has no access key id");
  EXPECT_EQ(error("us-east-1", ""), "Credential has no region");
  EXPECT_EQ(error("/iam/", "//"), "Credential has no service");
  EXPECT_EQ(error("5d672d79", "5D672D79"),
            "the signature is not 64 lower-case hex digits but 64 characters: "
            "\"5D672D79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7\"");
  EXPECT_EQ(error(kSignature, "XWctecFbExY="),
            "the signature is not 64 lower-case hex digits but 12 characters: \"XWctecFbExY=\"");
}

TEST(Sigv4Claim, SaysWhatIsWrongWithTheQuery) {
  const auto error = [&](const std::string& from, const std::string& to) {
    return ErrorOf(Presigned(Replaced(kQuery, from, to)));
  };
  EXPECT_EQ(error("&X-Amz-Expires=86400", ""), "the query has no X-Amz-Expires");
  EXPECT_EQ(error("X-Amz-Algorithm=AWS4-HMAC-SHA256&", ""), "the query has no X-Amz-Algorithm");
  EXPECT_EQ(error("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=x"),
            "X-Amz-Algorithm is \"x\", not AWS4-HMAC-SHA256");
  EXPECT_EQ(error("&X-Amz-Expires=86400", "&X-Amz-Expires=86400&X-Amz-Expires=1"),
            "the query has \"X-Amz-Expires\" twice");
  EXPECT_EQ(error("%2Faws4_request", ""),
            "X-Amz-Credential: Credential has 4 parts between slashes, not five: "
            "\"AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3\"");
  EXPECT_EQ(error("=86400", "=%8"),
            "the query has a percent sign without two hex digits: \"%8&\" "
            "at byte 157");
}

TEST(Sigv4Claim, WantsOneSignature) {
  EXPECT_EQ(ErrorOf(Presigned("a=1")),
            "the request is not signed: it has neither the header Authorization nor the parameter "
            "X-Amz-Signature");
  HttpRequest both = Presigned(kQuery);
  both.headers.push_back({"Authorization", Authorization()});
  EXPECT_EQ(ErrorOf(both),
            "the request is signed twice: by the header Authorization and by its query");
  HttpRequest twice = SignedBy(Authorization());
  twice.headers.push_back({"Authorization", Authorization()});
  EXPECT_EQ(ErrorOf(twice), "the request has two headers Authorization");
}

}  // namespace
}  // namespace sigvet
