#include "diagnosis/right_derivation.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "diagnosis/test_streams.h"

namespace sigvet {
namespace {

constexpr auto kFinal = Stage::Kind::kFinal;
constexpr std::string_view kSlashSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

std::string KeyAt(const Derivation& derivation, std::size_t step) {
  const BackendResult backend = MakeAnyBackend();
  return ValueAt(**backend, derivation, {Stage::Kind::kKey, step});
}

std::string FinalOf(const Derivation& derivation) {
  const BackendResult backend = MakeAnyBackend();
  return ValueAt(**backend, derivation, {kFinal});
}

DerivationInput PasswordInput(std::string_view secret, std::int64_t version,
                              const std::string& region) {
  return {.secret = std::make_shared<const Secret>(secret),
          .version = version,
          .date = "11111111",
          .region = region,
          .service = "ses"};
}

// Of tests of the AWS SDK for PHP and of terraform-provider-aws.
TEST(RightPassword, GivesPublishedPasswords) {
  EXPECT_EQ(FinalOf(RightPassword(PasswordInput(kSlashSecret, 4, "us-east-2"))),
            "BMPPgbAHoFVbze1Ud0oA5uNdXRwUXUZ+qOwphGJbl/cS");
  EXPECT_EQ(FinalOf(RightPassword(PasswordInput(kSlashSecret, 2, ""))),
            "An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy");
  EXPECT_EQ(FinalOf(RightPassword(PasswordInput("some+secret+key", 4, "eu-central-1"))),
            "BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2");
  EXPECT_EQ(FinalOf(RightPassword(PasswordInput("some+secret+key", 2, ""))),
            "AnkqhOiWEcszZZzTMCQbOY1sPGoLFgMH9zhp4eNgSjo4");
}

// "Examples of how to derive a signing key", AWS General Reference.
TEST(RightSigningKey, GivesThePublishedKeys) {
  const DerivationInput given = {
      .secret = std::make_shared<const Secret>(std::string_view(kSecret)),
      .date = "20120215",
      .region = "us-east-1",
      .service = "iam"};
  const Derivation key = RightSigningKey(given);
  EXPECT_EQ(KeyAt(key, 0), "969fbb94feb542b71ede6f87fe4d5fa29c789342b0f407474670f0c2489e0a0d");
  EXPECT_EQ(KeyAt(key, 1), "69daa0209cd9c5ff5c8ced464a696fd4252e981430b10e3d3fd8e2f197d7a70c");
  EXPECT_EQ(KeyAt(key, 2), "f72cfd46f26bc4643f06a11eabb6c0ba18780c19a8da0c31ace671265e3c87fa");
  EXPECT_EQ(KeyAt(key, 3), "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
  EXPECT_EQ(KeyAt(key, 4), "");
  EXPECT_EQ(FinalOf(key), "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
}

// "Create a signed AWS API request", AWS IAM User Guide.
TEST(RightSignature, GivesThatOfTheDocumentation) {
  const auto request = ParseHttpRequest(
      "GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\nHost: iam.amazonaws.com\n"
      "Content-Type: application/x-www-form-urlencoded; charset=utf-8\n"
      "X-Amz-Date: 20150830T123600Z\n"
      "Authorization: AWS4-HMAC-SHA256 "
      "Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
      "SignedHeaders=content-type;host;x-amz-date, Signature=" +
      std::string(64, '0') + "\n\n");
  const auto claim = ReadSigv4Claim(*request);
  ASSERT_TRUE(claim) << ToString(claim.error());
  const DefectCase c({*request, *claim, PathRulesOf("iam"), true});
  EXPECT_EQ(c.Right(kFinal), "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  EXPECT_TRUE(c.Right(Stage::Kind::kStringToSign)
                  .ends_with("\nf536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"));
}

TEST(RightSignature, RefusesWhatCannotBeSigned) {
  const BackendResult backend = MakeAnyBackend();
  SignedRequest request = Parse({});
  request.request.path = "/%zz";
  const DerivationInput given = {.secret = std::make_shared<const Secret>(std::string_view("s"))};
  EXPECT_FALSE(RightSignature(**backend, request, given));
}

TEST(RightChain, GivesThePublishedSignatures) {
  EXPECT_EQ(Chunks().Right(kFinal), kChunkSignatures);
  EXPECT_EQ(Trailer().Right(kFinal),
            "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435");
  EXPECT_EQ(Event().Right(kFinal),
            "7aabf85b765e6a4d0d500b6e968657b14726fa3e1eb7e839302728ffd77629a5");
  EXPECT_TRUE(Event()
                  .Right(Stage::Kind::kStringToSign)
                  .starts_with("AWS4-HMAC-SHA256-PAYLOAD\n19810116T063001Z\n"));
}

TEST(RightChain, LeavesOutWhatIsNoStringToSign) {
  const DerivationInput given = S3Given("20130524T000000Z");
  const Sigv4ChainedSignature link = {"AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z", ""};
  EXPECT_TRUE(RightChain(given, {&link, 1}).chain.links.empty());
  EXPECT_EQ(FinalOf(RightChain(given, {})), "");
}

TEST(RightPolicy, GivesThePublishedSignature) {
  EXPECT_EQ(Policy(DocumentedPolicy()).Right(kFinal),
            "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
}

}  // namespace
}  // namespace sigvet
