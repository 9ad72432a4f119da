#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "backends/contract_fixture.h"
#include "base/hex.h"

namespace sigvet {
namespace {

/// Messages of 0, 1, ... bytes on both sides of what fits a block beside the padding.
std::vector<ByteView> Messages(const Bytes& source, std::size_t count) {
  static constexpr std::size_t kLengths[] = {8, 0, 55, 56, 63, 64, 120, 247};
  std::vector<ByteView> messages;
  for (std::size_t i = 0; i < count; ++i) {
    messages.push_back(ByteView(source).subspan(i, kLengths[i]));
  }
  return messages;
}

std::vector<Digest> OneByOne(Backend& backend, ByteView key, std::span<const ByteView> messages) {
  std::vector<Digest> macs;
  for (const ByteView message : messages) {
    macs.push_back(backend.HmacSha256(macs.empty() ? key : macs.back(), message));
  }
  return macs;
}

// The example of "Deriving a signing key" in the AWS General Reference; its intermediate keys are
// what Python's hmac gives.
TEST_P(BackendContract, ChainOfThePublishedSigningKey) {
  const std::vector<ByteView> messages = {AsBytes("20150830"), AsBytes("us-east-1"), AsBytes("iam"),
                                          AsBytes("aws4_request")};
  const auto chain = backend().PrepareChain(messages);
  ASSERT_EQ(chain->length(), 4U);
  std::vector<Digest> macs(4);
  chain->Derive(AsBytes("AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), macs);
  EXPECT_EQ(ToHex(macs[0]), "0138c7a6cbd60aa727b2f653a522567439dfb9f3e72b21f9b25941a42f04a7cd");
  EXPECT_EQ(ToHex(macs[1]), "f33d5808504bf34812e5fade63308b424b244c59189be2a591dd2282c7cb563f");
  EXPECT_EQ(ToHex(macs[2]), "199e1f48c602a5ae77ce26a46906920e76fc8427aeaa53da643646fcda1ccfb0");
  EXPECT_EQ(ToHex(macs[3]), "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

TEST_P(BackendContract, ChainsOfUpTo8MessagesForUpTo70KeysAreHmacsOneByOne) {
  constexpr std::size_t kMostKeys = 70;
  const Bytes source = Pattern(300, 11, 5);
  std::vector<Bytes> key_bytes;
  for (std::size_t k = 0; k < kMostKeys; ++k) key_bytes.push_back(Pattern(k * 2, 7, k));
  const std::vector<ByteView> keys(key_bytes.begin(), key_bytes.end());

  for (std::size_t length = 0; length <= 8; ++length) {
    const std::vector<ByteView> messages = Messages(source, length);
    std::vector<Digest> expected;
    for (const ByteView key : keys) {
      const std::vector<Digest> macs = OneByOne(backend(), key, messages);
      expected.insert(expected.end(), macs.begin(), macs.end());
    }
    const auto chain = backend().PrepareChain(messages);
    ASSERT_EQ(chain->length(), length);
    for (std::size_t count = 0; count <= kMostKeys; ++count) {
      std::vector<Digest> macs(count * length);
      chain->DeriveMany(std::span(keys).first(count), macs);
      const auto wrong = std::mismatch(macs.begin(), macs.end(), expected.begin()).first;
      ASSERT_EQ(wrong - macs.begin(), std::ssize(macs))
          << count << " keys, " << length << " messages: the first wrong MAC";
    }
    for (std::size_t k = 0; k < kMostKeys; ++k) {
      std::vector<Digest> macs(length);
      chain->Derive(keys[k], macs);
      ASSERT_TRUE(std::equal(macs.begin(), macs.end(),
                             expected.begin() + static_cast<std::ptrdiff_t>(k * length)))
          << "key " << k << ", " << length << " messages";
    }
  }
}

TEST_P(BackendContract, ChainKeepsCopiesOfItsMessages) {
  Bytes message = Pattern(100, 11, 5);
  const std::vector<ByteView> messages = {message};
  const Digest expected = backend().HmacSha256(AsBytes("key"), message);
  const auto chain = backend().PrepareChain(messages);
  message.assign(message.size(), 0);
  std::vector<Digest> macs(1);
  chain->Derive(AsBytes("key"), macs);
  EXPECT_EQ(macs[0], expected);
}

TEST_P(BackendContract, ChainsOfOneBackendDoNotDisturbEachOther) {
  const Bytes source = Pattern(300, 11, 5);
  const std::vector<ByteView> messages = Messages(source, 4);
  const std::vector<ByteView> others = {AsBytes("other")};
  const std::vector<Digest> expected = OneByOne(backend(), AsBytes("key"), messages);
  const auto chain = backend().PrepareChain(messages);
  const auto other = backend().PrepareChain(others);
  std::vector<Digest> macs(4);
  std::vector<Digest> other_macs(1);
  other->Derive(AsBytes("another key"), other_macs);
  chain->Derive(AsBytes("key"), macs);
  EXPECT_EQ(macs, expected);
  other->Derive(AsBytes("another key"), other_macs);
  EXPECT_EQ(other_macs[0], backend().HmacSha256(AsBytes("another key"), AsBytes("other")));
}

TEST_P(BackendContract, ChainTakesAKeyThatLiesInsideItsMacs) {
  const Bytes source = Pattern(300, 11, 5);
  const std::vector<ByteView> messages = Messages(source, 4);
  const auto chain = backend().PrepareChain(messages);
  const Bytes filling = Pattern(4 * kDigestBytes, 7, 3);
  for (const std::size_t key_bytes : std::initializer_list<std::size_t>{1, 32, 60, 70}) {
    for (std::size_t at = 0; at + key_bytes <= filling.size(); ++at) {
      std::vector<Digest> macs(4);
      std::uint8_t* const begin = macs.front().data();
      std::copy(filling.begin(), filling.end(), begin);
      const std::vector<Digest> expected =
          OneByOne(backend(), ByteView(filling).subspan(at, key_bytes), messages);
      chain->Derive(ByteView(begin + at, key_bytes), macs);
      ASSERT_EQ(macs, expected) << key_bytes << " bytes at " << at;
    }
  }
}

TEST_P(BackendContract, ChainRefusesAWrongNumberOfPlaces) {
  const std::vector<ByteView> messages = {AsBytes("one"), AsBytes("two")};
  const auto chain = backend().PrepareChain(messages);
  const std::vector<ByteView> keys = {AsBytes("key"), AsBytes("another")};
  std::vector<Digest> macs(3);
  EXPECT_DEATH(chain->Derive(keys[0], macs), "one place for each message");
  EXPECT_DEATH(chain->DeriveMany(keys, macs), "one place for each message");
}

}  // namespace
}  // namespace sigvet
