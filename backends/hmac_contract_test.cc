#include <initializer_list>
#include <string>

#include "backends/builtin/builtin_backend.h"
#include "backends/builtin/sha256_kernel.h"
#include "backends/contract_fixture.h"
#include "base/hex.h"

namespace sigvet {
namespace {

TEST_P(BackendContract, HmacOfRfc4231) {
  const struct {
    std::string key;
    std::string message;
    std::string mac;  ///< case 5 gives the first 128 bits only
  } cases[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16"
       "\x17\x18\x19",
       std::string(50, '\xcd'), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {std::string(20, '\x0c'), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The "
       "key needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  int number = 0;
  for (const auto& c : cases) {
    const std::string mac = ToHex(backend().HmacSha256(AsBytes(c.key), AsBytes(c.message)));
    EXPECT_EQ(mac.substr(0, c.mac.size()), c.mac) << "case " << ++number;
  }
}

/// The first lengths at which the MACs of `tested` are not those of the portable kernel.
std::string FirstDifference(Backend& tested, ByteView key, ByteView message) {
  const auto portable = MakeBuiltinBackend(Sha256Kernels().back());
  for (std::size_t k = 0; k <= key.size(); ++k) {
    for (std::size_t m = 0; m <= message.size(); ++m) {
      if (tested.HmacSha256(key.first(k), message.first(m)) !=
          portable->HmacSha256(key.first(k), message.first(m))) {
        return "differs from the portable kernel first with a key of " + std::to_string(k) +
               " and a message of " + std::to_string(m) + " bytes";
      }
    }
  }
  return "agrees with the portable kernel";
}

// python3 -c 'import hashlib, hmac
// key = bytes((i * 7 + 3) % 256 for i in range(257))
// message = bytes((i * 11 + 5) % 256 for i in range(257))
// print(hashlib.sha256(b"".join(hmac.digest(key[:k], message[:m], "sha256")
//                               for k in range(258) for m in range(258))).hexdigest())'
TEST_P(BackendContract, HmacOfEveryKeyLengthAndMessageLengthUpTo257) {
  const Bytes key = Pattern(257, 7, 3);
  const Bytes message = Pattern(257, 11, 5);
  Bytes macs;
  for (std::size_t k = 0; k <= key.size(); ++k) {
    for (std::size_t m = 0; m <= message.size(); ++m) {
      const Digest mac = backend().HmacSha256(ByteView(key).first(k), ByteView(message).first(m));
      macs.insert(macs.end(), mac.begin(), mac.end());
    }
  }
  EXPECT_EQ(ToHex(backend().Sha256(macs)),
            "5463f077337e08f22f8c51aef1ff72b8d2ba563d32d97c1d5a2d33680bd18545")
      << FirstDifference(backend(), key, message);
}

// python3 -c 'import hmac
// key = bytes((i ^ i >> 8 ^ i >> 16) & 255 for i in range((1 << 20) + 1))
// for n in 4096, 4097, 100000, 1 << 20, (1 << 20) + 1:
//   print(n, hmac.digest(key[:n], b"abc", "sha256").hex())'
TEST_P(BackendContract, HmacUnderLongKeys) {
  const struct {
    std::size_t key_bytes;
    std::string mac;
  } cases[] = {
      {4096, "46e92d1b84388050ecb9f7edfd0c4a3908e3aa049c884d95c03674c80d8d640d"},
      {4097, "d61e626ef6e7f3d217c94f3ed776b725f55ed1b1f640d82851f689d01634a810"},
      {100'000, "e117042a38c595413333951d32518b323e64d95a2646bbd007bd4cb09baa203c"},
      {1 << 20, "ae51c296e005e04eecc1206a81adcf77f1de512e89343e8e7f06b6114d1c9dd6"},
      {(1 << 20) + 1, "cb5e322b58809c50984c5aed48aa0c349a4613af633feac77133316b4cb9e272"},
  };
  const Bytes key = BigPattern((1 << 20) + 1);
  for (const auto& c : cases) {
    EXPECT_EQ(ToHex(backend().HmacSha256(ByteView(key).first(c.key_bytes), AsBytes("abc"))), c.mac)
        << c.key_bytes << " bytes";
  }
}

// The HMAC of "message" under "key", by Python's hmac.
TEST_P(BackendContract, HmacUnderAKeyAgainAndAgainAndBetweenOthers) {
  const std::string expected = "6e9ef29b75fffc5b7abae527d58fdadb2fe42e7219011976917343065f58ed4a";
  const Bytes long_key = Pattern(100, 7, 3);
  const Digest hashed_key = backend().Sha256(long_key);
  const Digest under_long_key = backend().HmacSha256(long_key, AsBytes("message"));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ToHex(backend().HmacSha256(AsBytes("key"), AsBytes("message"))), expected);
    EXPECT_EQ(ToHex(backend().HmacSha256(AsBytes("key"), AsBytes("message"))), expected);
    backend().Sha256(AsBytes("something else"));
    EXPECT_EQ(ToHex(backend().HmacSha256(AsBytes("key"), AsBytes("message"))), expected);
    backend().HmacSha256(AsBytes("kez"), AsBytes("message"));
    EXPECT_EQ(ToHex(backend().HmacSha256(AsBytes("key"), AsBytes("message"))), expected);
    // RFC 2104 section 2: a key that is longer than a block is its hash.
    EXPECT_EQ(backend().HmacSha256(hashed_key, AsBytes("message")), under_long_key);
    EXPECT_EQ(backend().HmacSha256(long_key, AsBytes("message")), under_long_key);
  }
}

// A library that takes a null key for "the same key again" would answer with the key before.
TEST_P(BackendContract, HmacUnderAnEmptyKeyForgetsTheKeyBefore) {
  // python3 -c 'import hmac; print(hmac.digest(b"", b"", "sha256").hex())'
  const std::string expected = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
  for (const ByteView empty : {ByteView(), AsBytes("key").first(0)}) {
    backend().HmacSha256(AsBytes("key"), AsBytes("message"));
    EXPECT_EQ(ToHex(backend().HmacSha256(empty, empty)), expected);
  }
}

TEST_P(BackendContract, HmacOfViewsThatOverlapAndAreUnaligned) {
  const Bytes buffer = Pattern(400, 7, 3);
  for (std::size_t key_at : std::initializer_list<std::size_t>{0, 1, 3, 64, 101}) {
    for (std::size_t message_at : std::initializer_list<std::size_t>{0, 1, 7, 64, 150}) {
      const ByteView key = ByteView(buffer).subspan(key_at, 90);
      const ByteView message = ByteView(buffer).subspan(message_at, 200);
      const Bytes key_apart(key.begin(), key.end());
      const Bytes message_apart(message.begin(), message.end());
      EXPECT_EQ(backend().HmacSha256(key, message), backend().HmacSha256(key_apart, message_apart))
          << key_at << ", " << message_at;
    }
  }
}

}  // namespace
}  // namespace sigvet
