#include <bit>

#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

using Word = std::uint32_t;

Word LoadBigEndian(const std::uint8_t* bytes) {
  return Word{bytes[0]} << 24 | Word{bytes[1]} << 16 | Word{bytes[2]} << 8 | Word{bytes[3]};
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

template <typename NextWord>
inline void EightSteps(Word (&s)[8], std::size_t t, NextWord next) {
  const Word* k = kSha256RoundConstants + t;
  auto& [a, b, c, d, e, f, g, h] = s;
  Step(a, b, c, d, e, f, g, h, k[0] + next(t));
  Step(h, a, b, c, d, e, f, g, k[1] + next(t + 1));
  Step(g, h, a, b, c, d, e, f, k[2] + next(t + 2));
  Step(f, g, h, a, b, c, d, e, k[3] + next(t + 3));
  Step(e, f, g, h, a, b, c, d, k[4] + next(t + 4));
  Step(d, e, f, g, h, a, b, c, k[5] + next(t + 5));
  Step(c, d, e, f, g, h, a, b, k[6] + next(t + 6));
  Step(b, c, d, e, f, g, h, a, k[7] + next(t + 7));
}

}  // namespace

void CompressPortable(Word* state, const std::uint8_t* blocks, std::size_t block_count) {
  for (; block_count != 0; --block_count, blocks += 64) {
    Word w[16];
    Word s[8];
    for (std::size_t i = 0; i < 8; ++i) s[i] = state[i];
    for (std::size_t t = 0; t < 16; t += 8) {
      EightSteps(s, t, [&](std::size_t i) { return w[i] = LoadBigEndian(blocks + 4 * i); });
    }
    for (std::size_t t = 16; t < 64; t += 8) {
      EightSteps(s, t, [&](std::size_t i) { return Schedule(w, i); });
    }
    for (std::size_t i = 0; i < 8; ++i) state[i] += s[i];
  }
}

}  // namespace sigvet
