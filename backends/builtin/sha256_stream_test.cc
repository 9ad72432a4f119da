#include "backends/builtin/sha256_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "base/hex.h"

namespace sigvet {
namespace {

/// The digest of `message`, given in pieces of up to `most` bytes.
std::string InPieces(const std::string& message, std::size_t most, std::mt19937_64& random) {
  Sha256Stream stream;
  std::string_view left = message;
  while (!left.empty()) {
    const std::size_t size = std::min<std::size_t>(random() % (most + 1), left.size());
    stream.Add(AsBytes(left.substr(0, size)));
    left.remove_prefix(size);
  }
  return ToHex(stream.Finish());
}

TEST(Sha256Stream, PublishedDigestsHoweverTheMessageIsCut) {
  // FIPS 180-4's examples, and RFC 6234's of a million a's.
  const std::pair<std::string, std::string> published[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}};
  std::mt19937_64 random(3);
  for (const auto& [message, digest] : published) {
    for (const std::size_t most : {1U, 5U, 63U, 64U, 65U, 200U, 100'000U}) {
      if (message.size() > 1000 && most < 200) continue;
      for (int round = 0; round < 20; ++round) {
        EXPECT_EQ(InPieces(message, most, random), digest) << most;
      }
    }
  }
}

}  // namespace
}  // namespace sigvet
