#include "signing/ses_smtp_password.h"

#include <gtest/gtest.h>

#include <vector>

#include "backends/backend_registry.h"
#include "base/hex.h"

namespace sigvet {
namespace {

// The example secret of AWS's IAM, SES and S3 pages.
constexpr std::string_view kExampleSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

std::vector<std::unique_ptr<Backend>> AvailableBackends() {
  std::vector<std::unique_ptr<Backend>> backends;
  for (const BackendEntry& entry : AllBackends()) {
    BackendResult backend = MakeBackend(entry.id);
    if (backend) backends.push_back(std::move(*backend));
  }
  EXPECT_FALSE(backends.empty());
  return backends;
}

std::string PasswordV4(Backend& backend, std::string_view secret, std::string_view region) {
  const auto stages = DeriveSesSmtpPasswordV4(backend, Secret(secret), region);
  return stages ? std::string(AsText(stages->password.Reveal())) : ToString(stages.error());
}

// Published by AWS SDK for PHP (tests/Ses/SesClientTest.php), terraform-provider-aws
// (internal/service/iam/access_key_test.go) and a public Rust sample (test_iam2smtp).
TEST(SesSmtpPasswordV4, GivesThePublishedPasswords) {
  for (const auto& backend : AvailableBackends()) {
    EXPECT_EQ(PasswordV4(*backend, kExampleSecret, "us-east-1"),
              "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9");
    EXPECT_EQ(PasswordV4(*backend, kExampleSecret, "us-east-2"),
              "BMPPgbAHoFVbze1Ud0oA5uNdXRwUXUZ+qOwphGJbl/cS");
    EXPECT_EQ(PasswordV4(*backend, "some+secret+key", "eu-central-1"),
              "BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2");
  }
}

// Computed with Python's hmac.
TEST(SesSmtpPasswordV4, ShowsEveryStage) {
  for (const auto& backend : AvailableBackends()) {
    const auto stages = DeriveSesSmtpPasswordV4(*backend, Secret(kExampleSecret), "us-east-1");
    ASSERT_TRUE(stages.ok());
    EXPECT_EQ(ToHex(stages->keys->date_key()),
              "5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc");
    EXPECT_EQ(ToHex(stages->keys->region_key()),
              "c95c7aa304a661ec5d63ccbc0777908509ea72b822e93ee199375cddf812cecf");
    EXPECT_EQ(ToHex(stages->keys->service_key()),
              "d1f402dbfb2b8c87077bb6317e9826e0fd295adf7ab615598398b6ed0f3cb2a4");
    EXPECT_EQ(ToHex(stages->keys->terminal_key()),
              "c8b82257b805c29d363837fe9832fe15a41a1f1ec65823dac54486d4774f5315");
    EXPECT_EQ(ToHex(stages->keys->message_key()),
              "b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd");
  }
}

TEST(SesSmtpPasswordV4, OneDeriverServesManySecrets) {
  for (const auto& backend : AvailableBackends()) {
    auto deriver = SesSmtpPasswordV4Deriver::Create(*backend, "eu-central-1");
    ASSERT_TRUE(deriver.ok());
    for (int i = 0; i < 3; ++i) {
      const auto terraform = deriver->Derive(Secret("some+secret+key"));
      EXPECT_EQ(AsText(terraform->password.Reveal()),
                "BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2");
      const auto example = deriver->Derive(Secret(kExampleSecret));
      EXPECT_NE(AsText(example->password.Reveal()), AsText(terraform->password.Reveal()));
    }
  }
}

// Published by AWS SDK for PHP (tests/Ses/SesClientTest.php) and terraform-provider-aws.
TEST(SesSmtpPasswordV2, GivesThePublishedPasswords) {
  for (const auto& backend : AvailableBackends()) {
    const auto example = DeriveSesSmtpPasswordV2(*backend, Secret(kExampleSecret));
    ASSERT_TRUE(example.ok());
    EXPECT_EQ(AsText(example->password.Reveal()), "An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy");
    // The password is base64 of the version byte and the MAC: 0x02 7eb453...
    EXPECT_EQ(ToHex(*example->mac),
              "7eb4538643dec7787e0f85bd75236b23a2a53b7c2cee2b5149a1a5d5fa72d0f2");
    const auto terraform = DeriveSesSmtpPasswordV2(*backend, Secret("some+secret+key"));
    ASSERT_TRUE(terraform.ok());
    EXPECT_EQ(AsText(terraform->password.Reveal()), "AnkqhOiWEcszZZzTMCQbOY1sPGoLFgMH9zhp4eNgSjo4");
  }
}

TEST(SesSmtpPassword, RefusesWhatIsEmpty) {
  for (const auto& backend : AvailableBackends()) {
    EXPECT_EQ(DeriveSesSmtpPasswordV2(*backend, Secret()).error().message, "the secret is empty");
    EXPECT_EQ(DeriveSesSmtpPasswordV4(*backend, Secret(), "us-east-1").error().message,
              "the secret is empty");
    EXPECT_EQ(DeriveSesSmtpPasswordV4(*backend, Secret("x"), "").error().message,
              "the region is empty");
  }
}

}  // namespace
}  // namespace sigvet
