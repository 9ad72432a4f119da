#include <bit>

#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

using Word = std::uint32_t;

Word LoadBigEndian(const std::uint8_t* bytes) {
  return Word{bytes[0]} << 24 | Word{bytes[1]} << 16 | Word{bytes[2]} << 8 | Word{bytes[3]};
}

void StoreBigEndian(Word word, std::uint8_t* bytes) {
  for (int shift = 24; shift >= 0; shift -= 8) *bytes++ = static_cast<std::uint8_t>(word >> shift);
}

/// One step of FIPS 180-4 section 6.2.2; `kw` is K + W. Instead of moving all eight variables down
/// by one place, it writes the two that change: the caller turns the names.
inline void Step(Word a, Word b, Word c, Word& d, Word e, Word f, Word g, Word& h, Word kw) {
  h += (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + (g ^ (e & (f ^ g))) + kw;
  d += h;
  h += (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) | (c & (a | b)));
}

/// W[t], where `w` holds the 16 words before it.
inline Word Schedule(Word (&w)[16], std::size_t t) {
  const Word early = w[(t + 1) % 16];
  const Word late = w[(t + 14) % 16];
  w[t % 16] += (std::rotr(early, 7) ^ std::rotr(early, 18) ^ (early >> 3)) + w[(t + 9) % 16] +
               (std::rotr(late, 17) ^ std::rotr(late, 19) ^ (late >> 10));
  return w[t % 16];
}

/// `next(t)` is K + W of step `t`.
template <typename Next>
inline void EightSteps(Word (&s)[8], std::size_t t, Next next) {
  auto& [a, b, c, d, e, f, g, h] = s;
  Step(a, b, c, d, e, f, g, h, next(t));
  Step(h, a, b, c, d, e, f, g, next(t + 1));
  Step(g, h, a, b, c, d, e, f, next(t + 2));
  Step(f, g, h, a, b, c, d, e, next(t + 3));
  Step(e, f, g, h, a, b, c, d, next(t + 4));
  Step(d, e, f, g, h, a, b, c, next(t + 5));
  Step(c, d, e, f, g, h, a, b, next(t + 6));
  Step(b, c, d, e, f, g, h, a, next(t + 7));
}

/// Takes a block into `state`; `word(i)` is word `i` of its 16.
template <typename WordOf>
inline void Compress(Word* state, WordOf word) {
  const Word* const k = kSha256RoundConstants;
  Word w[16];
  Word s[8];
  for (std::size_t i = 0; i < 8; ++i) s[i] = state[i];
  for (std::size_t t = 0; t < 16; t += 8) {
    EightSteps(s, t, [&](std::size_t i) { return k[i] + (w[i] = word(i)); });
  }
  for (std::size_t t = 16; t < 64; t += 8) {
    EightSteps(s, t, [&](std::size_t i) { return k[i] + Schedule(w, i); });
  }
  for (std::size_t i = 0; i < 8; ++i) state[i] += s[i];
}

/// The same for a block that is scheduled already.
inline void CompressScheduled(Word* state, const Word* wk) {
  Word s[8];
  for (std::size_t i = 0; i < 8; ++i) s[i] = state[i];
  for (std::size_t t = 0; t < 64; t += 8) {
    EightSteps(s, t, [&](std::size_t i) { return wk[i]; });
  }
  for (std::size_t i = 0; i < 8; ++i) state[i] += s[i];
}

/// The state after the block of the key, which has `count` words that are not zero.
inline void StartWithKey(Word* state, const Word* key, std::size_t count, Word pad) {
  for (std::size_t i = 0; i < 8; ++i) state[i] = kSha256Start[i];
  Compress(state, [=](std::size_t i) { return (i < count ? key[i] : 0) ^ pad; });
}

}  // namespace

void CompressPortable(Word* state, const std::uint8_t* blocks, std::size_t block_count) {
  for (; block_count != 0; --block_count, blocks += 64) {
    Compress(state, [=](std::size_t i) { return LoadBigEndian(blocks + 4 * i); });
  }
}

void DerivePortable(const std::uint8_t* key_block, const ScheduledMessages& messages,
                    std::uint8_t* macs, std::size_t /*mac_stride*/) {
  Word key[16];  // after the first MAC that MAC
  for (std::size_t i = 0; i < 16; ++i) key[i] = LoadBigEndian(key_block + 4 * i);
  std::size_t key_words = 16;
  const Word* wk = messages.schedules;
  for (std::size_t m = 0; m < messages.count; ++m, macs += 32) {
    Word inner[8];
    Word outer[8];
    StartWithKey(inner, key, key_words, kHmacInnerPad);
    StartWithKey(outer, key, key_words, kHmacOuterPad);
    for (std::size_t b = 0; b < messages.block_counts[m]; ++b, wk += 64) {
      CompressScheduled(inner, wk);
    }
    Compress(outer, [&](std::size_t i) { return i < 8 ? inner[i] : kHmacOuterTail[i - 8]; });
    key_words = 8;
    for (std::size_t i = 0; i < key_words; ++i) {
      key[i] = outer[i];
      StoreBigEndian(outer[i], macs + 4 * i);
    }
  }
}

}  // namespace sigvet
