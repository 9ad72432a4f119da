#include "signing/sigv4_signing_key.h"

#include <gtest/gtest.h>

#include "backends/backend_registry.h"
#include "base/hex.h"

namespace sigvet {
namespace {

// The example secret of AWS's Signature Version 4 pages.
constexpr std::string_view kExampleSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

// Published in the AWS General Reference, "Examples of how to derive a signing key".
TEST(Sigv4SigningKey, GivesThePublishedLadder) {
  int backends = 0;
  for (const BackendEntry& entry : AllBackends()) {
    BackendResult backend = MakeBackend(entry.id);
    if (!backend) continue;
    ++backends;
    const auto key =
        DeriveSigv4SigningKey(**backend, Secret(kExampleSecret), {"20120215", "us-east-1", "iam"});
    ASSERT_TRUE(key.ok());
    EXPECT_EQ(ToHex((*key)->date_key()),
              "969fbb94feb542b71ede6f87fe4d5fa29c789342b0f407474670f0c2489e0a0d");
    EXPECT_EQ(ToHex((*key)->region_key()),
              "69daa0209cd9c5ff5c8ced464a696fd4252e981430b10e3d3fd8e2f197d7a70c");
    EXPECT_EQ(ToHex((*key)->service_key()),
              "f72cfd46f26bc4643f06a11eabb6c0ba18780c19a8da0c31ace671265e3c87fa");
    EXPECT_EQ(ToHex((*key)->signing_key()),
              "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
  }
  EXPECT_GT(backends, 0);
}

TEST(Sigv4SigningKey, RefusesWhatCannotBeSigned) {
  BackendResult backend = MakeBackend(AllBackends().back().id);
  ASSERT_TRUE(backend.ok());
  const auto refusal = [&](std::string_view secret, const Sigv4Scope& scope) {
    const auto key = DeriveSigv4SigningKey(**backend, Secret(secret), scope);
    return key ? "" : key.error().message;
  };
  EXPECT_EQ(refusal("", {"20120215", "us-east-1", "iam"}), "the secret is empty");
  EXPECT_EQ(refusal("x", {"20120215", "", "iam"}), "the region is empty");
  EXPECT_EQ(refusal("x", {"20120215", "us-east-1", ""}), "the service is empty");
  for (const char* date :
       {"", "2012021", "201202150", "2012-2-1", "20120215T000000Z", "2012021x"}) {
    EXPECT_EQ(refusal("x", {date, "us-east-1", "iam"}), "the date is not eight digits") << date;
  }
}

}  // namespace
}  // namespace sigvet
