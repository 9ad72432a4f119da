#include "signing/sigv4_key_cache.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "signing/test_backends.h"

namespace sigvet {
namespace {

constexpr std::string_view kExampleSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// Counts what it is asked for.
class CountingBackend final : public Backend {
 public:
  explicit CountingBackend(Backend& backend) : backend_(backend) {}

  int derivations() const { return derivations_; }

  BackendInfo Info() const override { return backend_.Info(); }
  Digest Sha256(ByteView message) override { return backend_.Sha256(message); }
  Digest HmacSha256(ByteView key, ByteView message) override {
    return backend_.HmacSha256(key, message);
  }
  std::unique_ptr<HmacChain> PrepareChain(std::span<const ByteView> messages) override {
    ++derivations_;
    return backend_.PrepareChain(messages);
  }
  std::optional<Bytes> Base64Decode(std::string_view text) override {
    return backend_.Base64Decode(text);
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    backend_.Base64Encode(bytes, text);
  }

  Backend& backend_;
  int derivations_ = 0;
};

class Sigv4KeyCacheTest : public ::testing::Test {
 protected:
  std::string Find(std::string_view secret, const Sigv4Scope& scope) {
    const auto key = cache_.Find(backend_, Secret(secret), scope);
    return key ? ToHex(**key) : key.error().message;
  }

  std::unique_ptr<Backend> made_ = MakeAnyBackend().value();
  CountingBackend backend_{*made_};
  Sigv4KeyCache cache_;
};

// Published in "Examples of how to derive a signing key" and "Create a signed AWS API request".
constexpr std::string_view kKeyOf20120215 =
    "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d";
constexpr std::string_view kKeyOf20150830 =
    "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9";

TEST_F(Sigv4KeyCacheTest, DerivesAKeyOnce) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Find(kExampleSecret, {"20120215", "us-east-1", "iam"}), kKeyOf20120215);
    EXPECT_EQ(Find(kExampleSecret, {"20150830", "us-east-1", "iam"}), kKeyOf20150830);
  }
  EXPECT_EQ(backend_.derivations(), 2);
}

TEST_F(Sigv4KeyCacheTest, TellsKeysApartByAllThatMakesThem) {
  const std::string key = Find("secret", {"20120215", "us-east-1", "iam"});
  for (const auto& [secret, scope] : std::initializer_list<std::pair<const char*, Sigv4Scope>>{
           {"secreT", {"20120215", "us-east-1", "iam"}},
           {"secret1", {"20120215", "us-east-1", "iam"}},
           {"secre", {"20120215", "us-east-1", "iam"}},
           {"secret", {"20120216", "us-east-1", "iam"}},
           {"secret", {"20120215", "us-east-2", "iam"}},
           {"secret", {"20120215", "us-east-1", "ia"}},
           {"secret", {"20120215", "us-east-", "1iam"}},
       }) {
    const auto derived = DeriveSigv4SigningKey(*made_, Secret(std::string_view(secret)), scope);
    EXPECT_NE(Find(secret, scope), key);
    EXPECT_EQ(Find(secret, scope), ToHex((*derived)->signing_key()));
  }
  EXPECT_EQ(Find("secret", {"20120215", "us-east-1", "iam"}), key);
  EXPECT_EQ(backend_.derivations(), 8);
}

TEST_F(Sigv4KeyCacheTest, ForgetsTheKeyThatWasNotUsedForLongest) {
  const auto region = [](std::size_t i) { return "region-" + std::to_string(i); };
  const auto find = [&](std::size_t i) { Find("secret", {"20120215", region(i), "iam"}); };
  for (std::size_t i = 0; i < Sigv4KeyCache::kCapacity; ++i) find(i);
  find(0);
  EXPECT_EQ(backend_.derivations(), 8);
  find(100);  // takes the place of 1
  EXPECT_EQ(backend_.derivations(), 9);
  find(0);
  find(2);
  find(100);
  EXPECT_EQ(backend_.derivations(), 9);
  find(1);
  EXPECT_EQ(backend_.derivations(), 10);
}

TEST_F(Sigv4KeyCacheTest, KeepsNoErrors) {
  EXPECT_EQ(Find("", {"20120215", "us-east-1", "iam"}), "the secret is empty");
  EXPECT_EQ(Find("secret", {"2012", "us-east-1", "iam"}), "the date is not eight digits");
  EXPECT_EQ(Find("secret", {"20120215", "", "iam"}), "the region is empty");
  EXPECT_EQ(Find("secret", {"20120215", "", "iam"}), "the region is empty");
  EXPECT_EQ(Find("secret", {"20120215", "us-east-1", ""}), "the service is empty");
  EXPECT_EQ(backend_.derivations(), 0);
}

}  // namespace
}  // namespace sigvet
