#include "backends/builtin/builtin_chain.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include "backends/builtin/sha256_engine.h"
#include "base/check.h"
#include "base/secret.h"

namespace sigvet {
namespace {

constexpr std::size_t kRounds = 64;

std::uint32_t LoadBigEndian(const std::uint8_t* from) {
  return std::uint32_t{from[0]} << 24 | std::uint32_t{from[1]} << 16 | std::uint32_t{from[2]} << 8 |
         std::uint32_t{from[3]};
}

/// The message schedule of a block (FIPS 180-4 section 6.2.2), the round constants added.
void Schedule(const std::uint8_t* block, std::uint32_t* w) {
  for (std::size_t t = 0; t < 16; ++t) w[t] = LoadBigEndian(block + 4 * t);
  for (std::size_t t = 16; t < kRounds; ++t) {
    const std::uint32_t sigma0 =
        std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ w[t - 15] >> 3;
    const std::uint32_t sigma1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ w[t - 2] >> 10;
    w[t] = w[t - 16] + sigma0 + w[t - 7] + sigma1;
  }
  for (std::size_t t = 0; t < kRounds; ++t) w[t] += kSha256RoundConstants[t];
}

/// A word of up to 7 bytes, of which the first is the lowest.
std::uint64_t FirstBytes(const std::uint8_t* from, std::size_t count) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < count; ++i) word |= std::uint64_t{from[i]} << (8 * i);
  return word;
}

void StoreWord(std::uint64_t word, std::uint8_t* to) {
  for (int i = 0; i < 8; ++i) to[i] = static_cast<std::uint8_t>(word >> (8 * i));
}

/// Bytes that are wiped when they go; none before the first Get.
class WipedBytes {
 public:
  WipedBytes() = default;
  WipedBytes(const WipedBytes&) = delete;
  WipedBytes& operator=(const WipedBytes&) = delete;
  ~WipedBytes() { SecureWipe(bytes_.data(), bytes_.size()); }

  /// `size` must be the same each time.
  std::uint8_t* Get(std::size_t size) {
    if (bytes_.empty()) bytes_.resize(size);
    return bytes_.data();
  }

 private:
  Bytes bytes_;
};

class BuiltinChain final : public HmacChain {
 public:
  BuiltinChain(const Sha256Kernel& kernel, std::span<const ByteView> messages)
      : HmacChain(messages.size()), kernel_(kernel) {
    block_counts_.reserve(messages.size());
    for (const ByteView message : messages) AddMessage(message);
    messages_ = {schedules_.data(), block_counts_.data(), length()};
  }

  void Derive(ByteView key, std::span<Digest> macs) override {
    CheckPlaces(1, macs);
    LoadKey(key, key_block_->data());
    kernel_.forms.back().derive(key_block_->data(), messages_, BytesOf(macs), MacStride());
  }

  void DeriveMany(std::span<const ByteView> keys, std::span<Digest> macs) override {
    CheckPlaces(keys.size(), macs);
    for (const ChainForm& form : kernel_.forms) {
      while (keys.size() >= form.least_keys) {
        const std::size_t count = std::min(keys.size(), form.lanes);
        DeriveLanes(form, keys.first(count), macs.first(count * length()));
        keys = keys.subspan(count);
        macs = macs.subspan(count * length());
      }
    }
  }

 private:
  void AddMessage(ByteView message) {
    const std::size_t whole = message.size() / kSha256BlockBytes;
    std::array<std::uint8_t, 2 * kSha256BlockBytes> tail;
    const std::size_t tail_blocks = PadSha256(message.subspan(whole * kSha256BlockBytes),
                                              kSha256BlockBytes + message.size(), tail.data());
    block_counts_.push_back(whole + tail_blocks);
    std::size_t at = schedules_.size();
    schedules_.resize(at + (whole + tail_blocks) * kRounds);
    for (std::size_t b = 0; b < whole + tail_blocks; ++b, at += kRounds) {
      const std::uint8_t* const block = b < whole ? message.data() + b * kSha256BlockBytes
                                                  : tail.data() + (b - whole) * kSha256BlockBytes;
      Schedule(block, schedules_.data() + at);
    }
  }

  std::size_t MacStride() const { return length() * kDigestBytes; }

  static std::uint8_t* BytesOf(std::span<Digest> macs) {
    return reinterpret_cast<std::uint8_t*>(macs.data());
  }

  void CheckPlaces(std::size_t key_count, std::span<const Digest> macs) const {
    Check(macs.size() == key_count * length(), "a chain's MACs need one place for each message");
  }

  /// At most as many keys as there are lanes. Lanes that are left over compute anything.
  void DeriveLanes(const ChainForm& form, std::span<const ByteView> keys, std::span<Digest> macs) {
    const std::size_t most_lanes = kernel_.forms.front().lanes;
    std::uint8_t* const blocks = key_blocks_.Get(most_lanes * kSha256BlockBytes);
    for (std::size_t lane = 0; lane < keys.size(); ++lane) {
      LoadKey(keys[lane], blocks + lane * kSha256BlockBytes);
    }
    if (keys.size() == form.lanes) {
      form.derive(blocks, messages_, BytesOf(macs), MacStride());
      return;
    }
    std::uint8_t* const scratch = scratch_.Get(most_lanes * MacStride());
    form.derive(blocks, messages_, scratch, MacStride());
    std::copy_n(scratch, macs.size() * kDigestBytes, BytesOf(macs));
  }

  void LoadKey(ByteView key, std::uint8_t* block) const {
    if (key.size() > kSha256BlockBytes) {
      LoadLongKey(key, block);
      return;
    }
    // In stores of a word: a load of several smaller ones would have to wait for all that is before
    // them, the key before this one too.
    const std::uint8_t* from = key.data();
    std::uint8_t* const end = block + kSha256BlockBytes;
    for (std::size_t words = key.size() / 8; words != 0; --words, from += 8, block += 8) {
      std::memcpy(block, from, 8);
    }
    if (block == end) return;
    StoreWord(FirstBytes(from, key.size() % 8), block);
    for (block += 8; block != end; block += 8) StoreWord(0, block);
  }

  /// A key that is longer than a block is hashed first (RFC 2104 section 2).
  void LoadLongKey(ByteView key, std::uint8_t* block) const {
    Wiped<Digest> digest;
    *digest = Sha256Engine(kernel_).Hash(key);
    LoadKey(*digest, block);
  }

  const Sha256Kernel& kernel_;
  std::vector<std::uint32_t> schedules_;   ///< of each block, W + K
  std::vector<std::size_t> block_counts_;  ///< of each message
  ScheduledMessages messages_;
  alignas(kSha256BlockBytes) Wiped<std::array<std::uint8_t, kSha256BlockBytes>> key_block_;
  WipedBytes key_blocks_;  ///< of as many keys as the widest form has lanes
  WipedBytes scratch_;     ///< MACs of as many keys
};

}  // namespace

std::unique_ptr<HmacChain> MakeBuiltinChain(const Sha256Kernel& kernel,
                                            std::span<const ByteView> messages) {
  return std::make_unique<BuiltinChain>(kernel, messages);
}

}  // namespace sigvet
