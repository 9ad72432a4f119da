#include "backends/builtin/builtin_chain.h"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "backends/builtin/sha256_engine.h"
#include "base/check.h"

namespace sigvet {
namespace {

constexpr std::size_t kMostLanes = 16;
constexpr std::size_t kBlockWords = kSha256BlockBytes / 4;
constexpr std::size_t kMacWords = kDigestBytes / 4;
constexpr std::size_t kRounds = 64;

std::uint32_t LoadBigEndian(const std::uint8_t* from) {
  return std::uint32_t{from[0]} << 24 | std::uint32_t{from[1]} << 16 | std::uint32_t{from[2]} << 8 |
         std::uint32_t{from[3]};
}

void StoreBigEndian(std::uint32_t word, std::uint8_t* to) {
  for (int shift = 24; shift >= 0; shift -= 8) *to++ = static_cast<std::uint8_t>(word >> shift);
}

/// The message schedule of a block (FIPS 180-4 section 6.2.2), the round constants added.
std::array<std::uint32_t, kRounds> ScheduleOf(const std::uint8_t* block) {
  std::array<std::uint32_t, kRounds> w;
  for (std::size_t t = 0; t < kBlockWords; ++t) w[t] = LoadBigEndian(block + 4 * t);
  for (std::size_t t = kBlockWords; t < kRounds; ++t) {
    const std::uint32_t sigma0 =
        std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ w[t - 15] >> 3;
    const std::uint32_t sigma1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ w[t - 2] >> 10;
    w[t] = w[t - 16] + sigma0 + w[t - 7] + sigma1;
  }
  for (std::size_t t = 0; t < kRounds; ++t) w[t] += kSha256RoundConstants[t];
  return w;
}

class BuiltinChain final : public HmacChain {
 public:
  BuiltinChain(const Sha256Kernel& kernel, std::span<const ByteView> messages)
      : HmacChain(messages.size()), kernel_(kernel), engine_(kernel) {
    Check(kernel.many.lanes <= kMostLanes,
          "a SHA-256 kernel has more lanes than there is room for");
    for (const ByteView message : messages) {
      const std::size_t whole_bytes = message.size() / kSha256BlockBytes * kSha256BlockBytes;
      std::array<std::uint8_t, 2 * kSha256BlockBytes> tail;
      const std::size_t tail_blocks =
          PadSha256(message.subspan(whole_bytes), kSha256BlockBytes + message.size(), tail.data());
      blocks_.insert(blocks_.end(), message.data(), message.data() + whole_bytes);
      blocks_.insert(blocks_.end(), tail.data(), tail.data() + tail_blocks * kSha256BlockBytes);
      block_counts_.push_back(whole_bytes / kSha256BlockBytes + tail_blocks);
    }
  }

  void Derive(ByteView key, std::span<Digest> macs) override {
    CheckPlaces(1, macs);
    const std::uint8_t* message = blocks_.data();
    for (std::size_t i = 0; i < macs.size(); ++i) {
      engine_.SetKey(key);
      macs[i] = engine_.MacPadded(message, block_counts_[i]);
      message += block_counts_[i] * kSha256BlockBytes;
      key = macs[i];
    }
  }

  void DeriveMany(std::span<const ByteView> keys, std::span<Digest> macs) override {
    CheckPlaces(keys.size(), macs);
    const HmacLanes& many = kernel_.many;
    while (many.lanes != 0 && keys.size() >= many.least_keys) {
      const std::size_t count = std::min(keys.size(), many.lanes);
      DeriveLanes(keys.first(count), macs.first(count * length()));
      keys = keys.subspan(count);
      macs = macs.subspan(count * length());
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
      Derive(keys[i], macs.subspan(i * length(), length()));
    }
  }

 private:
  /// Words of as many lanes as the kernel has.
  struct alignas(64) Work {
    std::array<std::uint32_t, kBlockWords * kMostLanes> words;
  };

  void CheckPlaces(std::size_t key_count, std::span<const Digest> macs) const {
    Check(macs.size() == key_count * length(), "a chain's MACs need one place for each message");
  }

  /// At most as many keys as there are lanes; those that are left over compute zeros.
  void DeriveLanes(std::span<const ByteView> keys, std::span<Digest> macs) {
    if (schedules_.empty()) MakeSchedules();
    const HmacLanes& many = kernel_.many;
    std::uint32_t* const words = work_->words.data();
    work_->words.fill(0);
    for (std::size_t lane = 0; lane < keys.size(); ++lane) LoadKey(keys[lane], lane);
    const std::uint32_t* schedule = schedules_.data();
    std::size_t key_words = kBlockWords;
    for (std::size_t i = 0; i < length(); ++i) {
      many.hmac(words, key_words, schedule, block_counts_[i], words);
      schedule += block_counts_[i] * kRounds;
      key_words = kMacWords;
      for (std::size_t lane = 0; lane < keys.size(); ++lane) {
        std::uint8_t* const mac = macs[lane * length() + i].data();
        for (std::size_t w = 0; w < kMacWords; ++w) {
          StoreBigEndian(words[w * many.lanes + lane], mac + 4 * w);
        }
      }
    }
  }

  /// The words of a key, which is hashed first where it is longer than a block (RFC 2104 section
  /// 2).
  void LoadKey(ByteView key, std::size_t lane) {
    Wiped<std::array<std::uint8_t, kSha256BlockBytes>> block;
    Wiped<Digest> digest;
    if (key.size() > block->size()) {
      *digest = engine_.Hash(key);
      key = *digest;
    }
    std::copy(key.begin(), key.end(), block->begin());
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      work_->words[w * kernel_.many.lanes + lane] = LoadBigEndian(block->data() + 4 * w);
    }
  }

  /// Not before there are many keys: most chains have one.
  void MakeSchedules() {
    schedules_.reserve(blocks_.size() / kSha256BlockBytes * kRounds);
    for (std::size_t at = 0; at < blocks_.size(); at += kSha256BlockBytes) {
      const std::array<std::uint32_t, kRounds> schedule = ScheduleOf(blocks_.data() + at);
      schedules_.insert(schedules_.end(), schedule.begin(), schedule.end());
    }
  }

  const Sha256Kernel& kernel_;
  Sha256Engine engine_;
  Bytes blocks_;                           ///< of all messages, one after the other
  std::vector<std::size_t> block_counts_;  ///< of each message
  std::vector<std::uint32_t> schedules_;   ///< of each block, W + K
  Wiped<Work> work_;
};

}  // namespace

std::unique_ptr<HmacChain> MakeBuiltinChain(const Sha256Kernel& kernel,
                                            std::span<const ByteView> messages) {
  return std::make_unique<BuiltinChain>(kernel, messages);
}

}  // namespace sigvet
