// 16 keys at once, one in each 32-bit lane of AVX-512's registers. The rounds are rolled: unrolled,
// their code would not fit the first-level instruction cache.

#include <immintrin.h>

#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

constexpr std::size_t kLanes = 16;
constexpr std::size_t kStateWords = 8;
constexpr std::size_t kBlockWords = 16;

/// FIPS 180-4 section 5.3.3.
constexpr std::uint32_t kStart[kStateWords] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
/// RFC 2104 section 2, four bytes at once.
constexpr std::uint32_t kInnerPad = 0x36363636;
constexpr std::uint32_t kOuterPad = 0x5C5C5C5C;
/// What follows a MAC of 32 bytes in the outer hash: the mark, zeros and the length of a block and
/// 32 bytes in bits.
constexpr std::uint32_t kMark = 0x80000000;
constexpr std::uint32_t kOuterBits = (64 + 32) * 8;

// Truth tables of three inputs, as VPTERNLOGD takes them.
constexpr int kXor3 = 0x96;
constexpr int kChoose = 0xCA;
constexpr int kMajority = 0xE8;

struct State {
  __m512i word[kStateWords];
};

struct Block {
  __m512i word[kBlockWords];
};

inline __m512i All(std::uint32_t value) { return _mm512_set1_epi32(static_cast<int>(value)); }

inline __m512i Add(__m512i a, __m512i b) { return _mm512_add_epi32(a, b); }

template <int A, int B, int C>
inline __m512i Sigma(__m512i x) {
  return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, A), _mm512_ror_epi32(x, B),
                                   _mm512_ror_epi32(x, C), kXor3);
}

/// As Sigma, but the last is a shift.
template <int A, int B, int C>
inline __m512i SmallSigma(__m512i x) {
  return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, A), _mm512_ror_epi32(x, B),
                                   _mm512_srli_epi32(x, C), kXor3);
}

/// Round `t` of eight: the words change their names, not their places. `wk` is W + K.
inline void Round(State& s, std::size_t t, __m512i wk) {
  const auto at = [t](std::size_t i) { return (i + kStateWords - t) % kStateWords; };
  const __m512i e = s.word[at(4)];
  const __m512i a = s.word[at(0)];
  const __m512i choose = _mm512_ternarylogic_epi32(e, s.word[at(5)], s.word[at(6)], kChoose);
  const __m512i t1 = Add(Add(s.word[at(7)], wk), Add(Sigma<6, 11, 25>(e), choose));
  const __m512i majority = _mm512_ternarylogic_epi32(a, s.word[at(1)], s.word[at(2)], kMajority);
  s.word[at(3)] = Add(s.word[at(3)], t1);
  s.word[at(7)] = Add(t1, Add(Sigma<2, 13, 22>(a), majority));
}

inline void AddTo(State& s, const State& before) {
  for (std::size_t i = 0; i < kStateWords; ++i) s.word[i] = Add(s.word[i], before.word[i]);
}

/// A block that differs from lane to lane; it is used up.
inline void Compress(State& s, Block& w) {
  const State before = s;
  for (std::size_t t = 0; t < 64; t += kBlockWords) {
    const std::uint32_t* const k = kSha256RoundConstants + t;
#pragma GCC unroll 16
    for (std::size_t i = 0; i < kBlockWords; ++i) {
      Round(s, i % kStateWords, Add(w.word[i], All(k[i])));
    }
    if (t == 48) break;
#pragma GCC unroll 16
    for (std::size_t i = 0; i < kBlockWords; ++i) {
      w.word[i] = Add(Add(w.word[i], SmallSigma<7, 18, 3>(w.word[(i + 1) % kBlockWords])),
                      Add(w.word[(i + 9) % kBlockWords],
                          SmallSigma<17, 19, 10>(w.word[(i + 14) % kBlockWords])));
    }
  }
  AddTo(s, before);
}

/// A block that all lanes share, as its 64 words W + K.
inline void CompressShared(State& s, const std::uint32_t* wk) {
  const State before = s;
  for (std::size_t t = 0; t < 64; t += kStateWords) {
#pragma GCC unroll 8
    for (std::size_t i = 0; i < kStateWords; ++i) Round(s, i, All(wk[t + i]));
  }
  AddTo(s, before);
}

inline State Start() {
  State s;
  for (std::size_t i = 0; i < kStateWords; ++i) s.word[i] = All(kStart[i]);
  return s;
}

/// The state after the block of the key, of which `count` words are not zero.
inline State AfterKey(const std::uint32_t* key, std::size_t count, std::uint32_t pad) {
  Block w;
  for (std::size_t i = 0; i < kBlockWords; ++i) {
    w.word[i] =
        i < count ? _mm512_xor_si512(_mm512_loadu_si512(key + i * kLanes), All(pad)) : All(pad);
  }
  State s = Start();
  Compress(s, w);
  return s;
}

}  // namespace

void HmacAvx512(const std::uint32_t* key, std::size_t key_words, const std::uint32_t* schedules,
                std::size_t block_count, std::uint32_t* mac) {
  State outer = AfterKey(key, key_words, kOuterPad);
  State inner = AfterKey(key, key_words, kInnerPad);
  for (std::size_t i = 0; i < block_count; ++i) CompressShared(inner, schedules + i * 64);
  Block last;
  for (std::size_t i = 0; i < kStateWords; ++i) last.word[i] = inner.word[i];
  last.word[kStateWords] = All(kMark);
  for (std::size_t i = kStateWords + 1; i < kBlockWords - 1; ++i) last.word[i] = All(0);
  last.word[kBlockWords - 1] = All(kOuterBits);
  Compress(outer, last);
  for (std::size_t i = 0; i < kStateWords; ++i) {
    _mm512_storeu_si512(mac + i * kLanes, outer.word[i]);
  }
  _mm256_zeroupper();
}

}  // namespace sigvet
