// Intel's SHA extensions. SHA256RNDS2 does two rounds on a state that is kept in the word order
// ABEF and CDGH; SHA256MSG1 and SHA256MSG2 compute four words of the message schedule.

#include <immintrin.h>

#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

struct State {
  __m128i abef;
  __m128i cdgh;
};

inline __m128i Load(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }

inline void FourRounds(State& s, __m128i w, std::size_t t) {
  const __m128i wk = _mm_add_epi32(w, Load(kSha256RoundConstants + t));
  s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, wk);
  s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh, _mm_shuffle_epi32(wk, 0x0E));
}

/// The four words of the schedule after the sixteen in `w0` to `w3`.
inline __m128i NextWords(__m128i w0, __m128i w1, __m128i w2, __m128i w3) {
  const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
  return _mm_sha256msg2_epu32(partial, w3);
}

}  // namespace

void CompressShaNi(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count) {
  const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
  const __m128i cdab = _mm_shuffle_epi32(Load(state), 0xB1);
  const __m128i efgh = _mm_shuffle_epi32(Load(state + 4), 0x1B);
  State s{_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};

  for (; block_count != 0; --block_count, blocks += 64) {
    const State before = s;
    __m128i w0 = _mm_shuffle_epi8(Load(blocks), big_endian);
    __m128i w1 = _mm_shuffle_epi8(Load(blocks + 16), big_endian);
    __m128i w2 = _mm_shuffle_epi8(Load(blocks + 32), big_endian);
    __m128i w3 = _mm_shuffle_epi8(Load(blocks + 48), big_endian);
    for (std::size_t t = 0;; t += 16) {
      FourRounds(s, w0, t);
      FourRounds(s, w1, t + 4);
      FourRounds(s, w2, t + 8);
      FourRounds(s, w3, t + 12);
      if (t == 48) break;
      w0 = NextWords(w0, w1, w2, w3);
      w1 = NextWords(w1, w2, w3, w0);
      w2 = NextWords(w2, w3, w0, w1);
      w3 = NextWords(w3, w0, w1, w2);
    }
    s.abef = _mm_add_epi32(s.abef, before.abef);
    s.cdgh = _mm_add_epi32(s.cdgh, before.cdgh);
  }

  const __m128i feba = _mm_shuffle_epi32(s.abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(s.cdgh, 0xB1);
  auto* out = reinterpret_cast<__m128i*>(state);
  _mm_storeu_si128(out, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(out + 1, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace sigvet
