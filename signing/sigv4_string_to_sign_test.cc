#include "signing/sigv4_string_to_sign.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "signing/test_backends.h"

namespace sigvet {
namespace {

TEST(CredentialScope, JoinsItsParts) {
  EXPECT_EQ(CredentialScope({"20150830", "us-east-1", "iam"}),
            "20150830/us-east-1/iam/aws4_request");
}

// "Create a signed AWS API request", AWS IAM User Guide: ListUsers, and its signing key.
TEST(Sigv4StringToSign, IsAsPublished) {
  const auto key_bytes =
      FromHex("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  ASSERT_TRUE(key_bytes.has_value());
  Digest key;
  std::copy(key_bytes->begin(), key_bytes->end(), key.begin());
  for (const auto& [id, backend] : TestBackends()) {
    const std::string text = Sigv4StringToSign(
        *backend, "20150830T123600Z", {"20150830", "us-east-1", "iam"},
        "GET\n/\nAction=ListUsers&Version=2010-05-08\n"
        "content-type:application/x-www-form-urlencoded; charset=utf-8\nhost:iam.amazonaws.com\n"
        "x-amz-date:20150830T123600Z\n\ncontent-type;host;x-amz-date\n"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(text,
              "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
              "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59")
        << id;
    EXPECT_EQ(Sigv4Signature(*backend, key, text),
              "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
        << id;
  }
}

}  // namespace
}  // namespace sigvet
