#include "signing/sigv4_post_policy.h"

#include <gtest/gtest.h>

#include "backends/backend_registry.h"

namespace sigvet {
namespace {

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr Sigv4PostPolicyScope kScope = {"AKIAIOSFODNN7EXAMPLE", "us-east-1", "s3",
                                         "20151229T000000Z"};

// "Examples: Browser-Based Upload using HTTP POST", Amazon S3 API Reference. The policy's lines end
// in CRLF.
constexpr std::string_view kPolicyBase64 =
    "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7Im"
    "J1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2Vy"
    "MS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaH"
    "R0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAg"
    "ICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOi"
    "AiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQog"
    "ICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOi"
    "AiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1h"
    "bXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMD"
    "AwWiIgfQ0KICBdDQp9";

TEST(Sigv4PostPolicy, GivesThePublishedSignature) {
  int backends = 0;
  for (const BackendEntry& entry : AllBackends()) {
    BackendResult backend = MakeBackend(entry.id);
    if (!backend) continue;
    ++backends;
    const auto policy = (*backend)->Base64Decode(kPolicyBase64);
    ASSERT_TRUE(policy.has_value());
    const auto form = SignSigv4PostPolicy(**backend, Secret(kSecret), kScope, *policy);
    ASSERT_TRUE(form.ok()) << ToString(form.error());
    EXPECT_EQ(form->credential, "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request");
    EXPECT_EQ(form->string_to_sign, kPolicyBase64);
    EXPECT_EQ(form->signature, "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
  }
  EXPECT_GT(backends, 0);
}

TEST(Sigv4PostPolicy, RefusesWhatCannotBeSigned) {
  BackendResult backend = MakeBackend(AllBackends().back().id);
  ASSERT_TRUE(backend.ok());
  const auto refusal = [&](std::string_view secret, const Sigv4PostPolicyScope& scope,
                           std::string_view policy) {
    const auto form = SignSigv4PostPolicy(**backend, Secret(secret), scope, AsBytes(policy));
    return form ? "" : form.error().message;
  };
  const std::string_view timestamp = "20151229T000000Z";
  EXPECT_EQ(refusal("x", kScope, "{}"), "");
  EXPECT_EQ(refusal("", kScope, "{}"), "the secret is empty");
  EXPECT_EQ(refusal("x", kScope, ""), "the policy is empty");
  EXPECT_EQ(refusal("x", {"", "r", "s3", timestamp}, "{}"), "the access key id is empty");
  EXPECT_EQ(refusal("x", {"A", "", "s3", timestamp}, "{}"), "the region is empty");
  EXPECT_EQ(refusal("x", {"A", "r", "", timestamp}, "{}"), "the service is empty");
  EXPECT_EQ(refusal("x", {"a\nb", "r", "s3", timestamp}, "{}"),
            "the access key id has a blank or a control character");
  EXPECT_EQ(refusal("x", {"A", "r/q", "s3", timestamp}, "{}"), "the region has a slash");
  for (const char* bad : {"", "20151229", "20151329T000000Z", "20151229T240000Z"}) {
    EXPECT_EQ(refusal("x", {"A", "r", "s3", bad}, "{}"), "the timestamp is no time in UTC") << bad;
  }
}

}  // namespace
}  // namespace sigvet
