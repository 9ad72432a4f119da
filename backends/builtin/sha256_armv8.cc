// ARMv8's SHA-2 instructions. SHA256H and SHA256H2 do four rounds on a state that is kept in its
// own word order; SHA256SU0 and SHA256SU1 compute four words of the message schedule. Two streams
// at a time hide their latency, also where there is one key: its inner and its outer pad.

#include <arm_neon.h>

#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

struct State {
  uint32x4_t abcd;
  uint32x4_t efgh;
};

/// The sixteen words of a block.
struct Block {
  uint32x4_t w[4];
};

inline State LoadState(const std::uint32_t* words) {
  return {vld1q_u32(words), vld1q_u32(words + 4)};
}

inline uint32x4_t LoadBigEndian(const std::uint8_t* bytes) {
  return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(bytes)));
}

inline void StoreBigEndian(uint32x4_t words, std::uint8_t* bytes) {
  vst1q_u8(bytes, vrev32q_u8(vreinterpretq_u8_u32(words)));
}

inline Block LoadBlock(const std::uint8_t* bytes) {
  return {{LoadBigEndian(bytes), LoadBigEndian(bytes + 16), LoadBigEndian(bytes + 32),
           LoadBigEndian(bytes + 48)}};
}

inline Block Xor(const Block& block, std::uint32_t pad) {
  const uint32x4_t pads = vdupq_n_u32(pad);
  return {{veorq_u32(block.w[0], pads), veorq_u32(block.w[1], pads), veorq_u32(block.w[2], pads),
           veorq_u32(block.w[3], pads)}};
}

inline State Add(const State& a, const State& b) {
  return {vaddq_u32(a.abcd, b.abcd), vaddq_u32(a.efgh, b.efgh)};
}

/// `wk` is W + K.
inline void FourRounds(State& s, uint32x4_t wk) {
  const uint32x4_t abcd = s.abcd;
  s.abcd = vsha256hq_u32(abcd, s.efgh, wk);
  s.efgh = vsha256h2q_u32(s.efgh, abcd, wk);
}

/// The four words of the schedule after the sixteen in `w0` to `w3`.
inline uint32x4_t NextWords(uint32x4_t w0, uint32x4_t w1, uint32x4_t w2, uint32x4_t w3) {
  return vsha256su1q_u32(vsha256su0q_u32(w0, w1), w2, w3);
}

/// A block for each stream.
template <std::size_t kStreams>
inline void Compress(State (&s)[kStreams], const Block (&blocks)[kStreams]) {
  State before[kStreams];
  Block block[kStreams];
  for (std::size_t i = 0; i < kStreams; ++i) {
    before[i] = s[i];
    block[i] = blocks[i];
  }
  for (std::size_t t = 0;; t += 16) {
    for (std::size_t n = 0; n < 4; ++n) {
      const uint32x4_t k = vld1q_u32(kSha256RoundConstants + t + 4 * n);
      for (std::size_t i = 0; i < kStreams; ++i) FourRounds(s[i], vaddq_u32(block[i].w[n], k));
    }
    if (t == 48) break;
    for (std::size_t n = 0; n < 4; ++n) {
      for (std::size_t i = 0; i < kStreams; ++i) {
        uint32x4_t(&w)[4] = block[i].w;
        w[n] = NextWords(w[n], w[(n + 1) % 4], w[(n + 2) % 4], w[(n + 3) % 4]);
      }
    }
  }
  for (std::size_t i = 0; i < kStreams; ++i) s[i] = Add(s[i], before[i]);
}

/// A block that all streams share, as its 64 words W + K.
template <std::size_t kStreams>
inline void CompressShared(State (&s)[kStreams], const std::uint32_t* schedule) {
  State before[kStreams];
  for (std::size_t i = 0; i < kStreams; ++i) before[i] = s[i];
  for (std::size_t t = 0; t < 64; t += 4) {
    const uint32x4_t wk = vld1q_u32(schedule + t);
    for (std::size_t i = 0; i < kStreams; ++i) FourRounds(s[i], wk);
  }
  for (std::size_t i = 0; i < kStreams; ++i) s[i] = Add(s[i], before[i]);
}

/// ChainForm::derive of `kLanes` lanes.
template <std::size_t kLanes>
inline void Derive(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                   std::uint8_t* macs, std::size_t mac_stride) {
  const State start = LoadState(kSha256Start);
  const State tail = LoadState(kHmacOuterTail);
  const std::uint32_t* schedule = messages.schedules;
  Block keys[kLanes];
  for (std::size_t l = 0; l < kLanes; ++l) keys[l] = LoadBlock(key_blocks + l * 64);
  for (std::size_t m = 0; m < messages.count; ++m) {
    State inner[kLanes];
    State outer[kLanes];
    for (std::size_t l = 0; l < kLanes; ++l) {
      State pads[2] = {start, start};
      Compress(pads, {Xor(keys[l], kHmacInnerPad), Xor(keys[l], kHmacOuterPad)});
      inner[l] = pads[0];
      outer[l] = pads[1];
    }
    for (std::size_t b = messages.block_counts[m]; b != 0; --b, schedule += 64) {
      CompressShared(inner, schedule);
    }
    Block last[kLanes];
    for (std::size_t l = 0; l < kLanes; ++l) {
      last[l] = {{inner[l].abcd, inner[l].efgh, tail.abcd, tail.efgh}};
    }
    Compress(outer, last);
    for (std::size_t l = 0; l < kLanes; ++l) {
      std::uint8_t* const mac = macs + l * mac_stride + m * 32;
      StoreBigEndian(outer[l].abcd, mac);
      StoreBigEndian(outer[l].efgh, mac + 16);
      keys[l] = {{outer[l].abcd, outer[l].efgh, vdupq_n_u32(0), vdupq_n_u32(0)}};
    }
  }
}

}  // namespace

void CompressArmv8(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count) {
  State s[1] = {LoadState(state)};
  for (; block_count != 0; --block_count, blocks += 64) Compress(s, {LoadBlock(blocks)});
  vst1q_u32(state, s[0].abcd);
  vst1q_u32(state + 4, s[0].efgh);
}

void DeriveArmv8(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                 std::uint8_t* macs, std::size_t mac_stride) {
  Derive<1>(key_blocks, messages, macs, mac_stride);
}

void DeriveArmv8X2(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                   std::uint8_t* macs, std::size_t mac_stride) {
  Derive<2>(key_blocks, messages, macs, mac_stride);
}

}  // namespace sigvet
