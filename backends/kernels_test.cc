// Each kernel of this machine against the portable one, which the contract tests hold to published
// values.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "backends/builtin/builtin_chain.h"
#include "backends/builtin/sha256_engine.h"
#include "backends/builtin/sha256_kernel.h"

namespace sigvet {

/// GoogleTest would print the bytes of a kernel.
void PrintTo(const Sha256Kernel* kernel, std::ostream* out) { *out << kernel->name; }

namespace {

constexpr std::uint8_t kUntouched = 0xA5;

/// All but the last, which is the portable one.
std::vector<const Sha256Kernel*> OtherKernels() {
  std::vector<const Sha256Kernel*> kernels;
  for (const Sha256Kernel& kernel : Sha256Kernels().first(Sha256Kernels().size() - 1)) {
    if (kernel.supported()) kernels.push_back(&kernel);
  }
  return kernels;
}

std::string NameOf(const ::testing::TestParamInfo<const Sha256Kernel*>& info) {
  std::string name(info.param->name);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class KernelTest : public ::testing::TestWithParam<const Sha256Kernel*> {
 protected:
  const Sha256Kernel& kernel() const { return *GetParam(); }

  Bytes Random(std::size_t size) {
    Bytes bytes(size);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random_());
    return bytes;
  }

  std::mt19937 random_{20261122};
};

// A machine may have the portable kernel alone.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(KernelTest);
INSTANTIATE_TEST_SUITE_P(Kernels, KernelTest, ::testing::ValuesIn(OtherKernels()), NameOf);

/// Messages as a kernel takes them; the schedules are written down from FIPS 180-4 section 6.2.2.
class Schedules {
 public:
  explicit Schedules(std::span<const Bytes> messages) {
    for (const Bytes& message : messages) {
      Bytes padded = message;
      const std::size_t whole = message.size() / kSha256BlockBytes * kSha256BlockBytes;
      padded.resize(whole + 2 * kSha256BlockBytes);
      const std::size_t tail_blocks =
          PadSha256(ByteView(message).subspan(whole), kSha256BlockBytes + message.size(),
                    padded.data() + whole);
      counts_.push_back(whole / kSha256BlockBytes + tail_blocks);
      for (std::size_t b = 0; b < counts_.back(); ++b) Add(padded.data() + b * kSha256BlockBytes);
    }
  }

  ScheduledMessages get() const { return {words_.data() + 1, counts_.data(), counts_.size()}; }

 private:
  void Add(const std::uint8_t* block) {
    std::array<std::uint32_t, 64> w = {};
    for (std::size_t t = 0; t < 64; ++t) {
      if (t < 16) {
        for (std::size_t i = 0; i < 4; ++i) w[t] = w[t] << 8 | block[4 * t + i];
      } else {
        const std::uint32_t x = w[t - 15];
        const std::uint32_t y = w[t - 2];
        w[t] = (std::rotr(y, 17) ^ std::rotr(y, 19) ^ (y >> 10)) + w[t - 7] +
               (std::rotr(x, 7) ^ std::rotr(x, 18) ^ (x >> 3)) + w[t - 16];
      }
    }
    for (std::size_t t = 0; t < 64; ++t) words_.push_back(w[t] + kSha256RoundConstants[t]);
  }

  std::vector<std::uint32_t> words_ = {0};  ///< one first, lest the rest be aligned
  std::vector<std::size_t> counts_;
};

TEST_P(KernelTest, CompressesRandomBlocksWhereverTheyLie) {
  for (std::size_t count = 0; count <= 20; ++count) {
    for (std::size_t offset = 0; offset < 16; ++offset) {
      const Bytes blocks = Random(offset + count * kSha256BlockBytes);
      std::array<std::uint32_t, 8> expected = {};
      for (std::uint32_t& word : expected) word = static_cast<std::uint32_t>(random_());
      std::array<std::uint32_t, 8> state = expected;
      CompressPortable(expected.data(), blocks.data() + offset, count);
      kernel().compress(state.data(), blocks.data() + offset, count);
      ASSERT_EQ(state, expected) << count << " blocks at " << offset;
    }
  }
}

TEST_P(KernelTest, DerivesChainsOfAllMessageLengthsInEveryForm) {
  constexpr std::size_t kMostLength = 200;
  for (std::size_t shortest = 0; shortest <= kMostLength; shortest += 3) {
    const std::array<Bytes, 3> messages = {Random(shortest), Random(shortest + 1),
                                           Random(shortest + 2)};
    const Schedules schedules(messages);
    const std::size_t mac_bytes = messages.size() * kDigestBytes;
    for (const ChainForm& form : kernel().forms) {
      const std::size_t offset = shortest % 16;
      const std::size_t stride = mac_bytes + shortest % 7;
      const Bytes keys = Random(offset + form.lanes * kSha256BlockBytes);
      Bytes macs(offset + form.lanes * stride + 1, kUntouched);
      form.derive(keys.data() + offset, schedules.get(), macs.data() + offset, stride);

      Bytes expected(macs.size(), kUntouched);
      for (std::size_t lane = 0; lane < form.lanes; ++lane) {
        DerivePortable(keys.data() + offset + lane * kSha256BlockBytes, schedules.get(),
                       expected.data() + offset + lane * stride, stride);
      }
      const auto wrong = std::mismatch(macs.begin(), macs.end(), expected.begin()).first;
      ASSERT_EQ(wrong - macs.begin(), std::ssize(macs))
          << form.lanes << " lanes, messages of " << shortest
          << " bytes and more: the first wrong byte; lanes begin at " << offset << ", " << stride
          << " apart";
    }
  }
}

TEST_P(KernelTest, DerivesNothingWithoutMessages) {
  const Schedules none({});
  for (const ChainForm& form : kernel().forms) {
    const Bytes keys = Random(form.lanes * kSha256BlockBytes);
    Bytes macs(kDigestBytes, kUntouched);
    form.derive(keys.data(), none.get(), macs.data(), 0);
    EXPECT_EQ(macs, Bytes(kDigestBytes, kUntouched)) << form.lanes << " lanes";
  }
}

TEST_P(KernelTest, DerivesForEveryNumberOfKeysOfAnySize) {
  const std::array<Bytes, 3> messages = {Random(8), Random(60), Random(130)};
  const std::vector<ByteView> views(messages.begin(), messages.end());
  const auto chain = MakeBuiltinChain(kernel(), views);
  const auto portable = MakeBuiltinChain(Sha256Kernels().back(), views);
  const std::size_t most_keys = 2 * kernel().forms.front().lanes + 1;
  for (std::size_t count = 1; count <= most_keys; ++count) {
    std::vector<Bytes> keys;
    for (std::size_t k = 0; k < count; ++k) keys.push_back(Random((k * 7 + count) % 80));
    const std::vector<ByteView> key_views(keys.begin(), keys.end());
    // One place more than there are MACs.
    std::vector<Digest> macs(count * messages.size() + 1);
    macs.back().fill(kUntouched);
    std::vector<Digest> expected = macs;
    chain->DeriveMany(key_views, std::span(macs).first(macs.size() - 1));
    for (std::size_t k = 0; k < count; ++k) {
      portable->Derive(key_views[k], std::span(expected).subspan(k * messages.size(), 3));
    }
    const auto wrong = std::mismatch(macs.begin(), macs.end(), expected.begin()).first;
    ASSERT_EQ(wrong - macs.begin(), std::ssize(macs)) << count << " keys: the first wrong MAC";
  }
}

}  // namespace
}  // namespace sigvet
