#include <string>

#include "backends/contract_fixture.h"
#include "base/hex.h"

namespace sigvet {
namespace {

// FIPS 180-4 refers to NIST's example values for the first three messages; "abc", the two longer
// ones and the million are also those of FIPS 180-2 appendix B and its change notice.
TEST_P(BackendContract, Sha256OfPublishedExamples) {
  const struct {
    std::string message;
    std::string digest;
  } examples[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
       "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& example : examples) {
    EXPECT_EQ(ToHex(backend().Sha256(AsBytes(example.message))), example.digest)
        << example.message.size() << " bytes";
  }
}

// python3 -c 'import hashlib
// m = bytes((i * 11 + 5) % 256 for i in range(257))
// print(hashlib.sha256(b"".join(hashlib.sha256(m[:n]).digest() for n in range(258))).hexdigest())'
TEST_P(BackendContract, Sha256OfEveryLengthUpTo257) {
  const Bytes message = Pattern(257, 11, 5);
  Bytes digests;
  for (std::size_t n = 0; n <= message.size(); ++n) {
    const Digest digest = backend().Sha256(ByteView(message).first(n));
    digests.insert(digests.end(), digest.begin(), digest.end());
  }
  EXPECT_EQ(ToHex(backend().Sha256(digests)),
            "4fdbb58bc3122187dce8412f892c244dbc3f125e30615f79fe69225ad63ecf25");
}

// python3 -c 'import hashlib
// m = bytes((i ^ i >> 8 ^ i >> 16) & 255 for i in range(1 << 24))
// print(hashlib.sha256(m).hexdigest())'
TEST_P(BackendContract, Sha256Of16MiB) {
  EXPECT_EQ(ToHex(backend().Sha256(BigPattern(std::size_t{1} << 24))),
            "0afe2536a8655704beed830075f66297e104e974b469956893f08a8e29436f1b");
}

TEST_P(BackendContract, Sha256OfUnalignedBytes) {
  const Bytes message = Pattern(200, 11, 5);
  const Digest expected = backend().Sha256(message);
  for (std::size_t offset = 0; offset < 64; ++offset) {
    Bytes shifted(offset, 0);
    shifted.insert(shifted.end(), message.begin(), message.end());
    EXPECT_EQ(backend().Sha256(ByteView(shifted).subspan(offset)), expected) << offset;
  }
}

TEST_P(BackendContract, Sha256LeavesNothingBehindForTheNextCall) {
  const Bytes message = Pattern(100, 11, 5);
  const Digest expected = backend().Sha256(message);
  backend().HmacSha256(AsBytes("key"), AsBytes("message"));
  EXPECT_EQ(backend().Sha256(message), expected);
}

}  // namespace
}  // namespace sigvet
