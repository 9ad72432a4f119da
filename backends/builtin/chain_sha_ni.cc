// Chains of HMACs by Intel's SHA extensions, for one key and for two at once.
//
// SHA256RNDS2 does two rounds. On the CPUs measured it takes 4 cycles until the next two rounds of
// the same block can begin, but starts every 3 cycles where blocks don't depend on each other. So
// one key's inner and outer block run together, and two keys keep the unit busy throughout. What
// the schedule's instructions do to that depends on their order, which is why there are two ways.

#include <immintrin.h>

#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

constexpr std::size_t kGroups = 16;  // of four rounds

/// The eight variables in the order of SHA256RNDS2.
struct State {
  __m128i abef;
  __m128i cdgh;
};

/// 16 words in a row: a block, later its schedule's last 16.
struct Words {
  __m128i four[4];
};

inline __m128i Load(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }

inline __m128i LoadTwo(const void* from) {
  return _mm_loadl_epi64(static_cast<const __m128i*>(from));
}

inline void Store(std::uint8_t* to, __m128i bytes) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes);
}

inline __m128i All(std::uint32_t word) { return _mm_set1_epi32(static_cast<int>(word)); }

/// Between words and bytes.
inline __m128i SwapBytes(__m128i words) {
  return _mm_shuffle_epi8(words, _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203));
}

inline State Start() {
  const __m128i cdab = _mm_shuffle_epi32(Load(kSha256Start), 0xB1);
  const __m128i efgh = _mm_shuffle_epi32(Load(kSha256Start + 4), 0x1B);
  return {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
}

inline void Add(State& s, const State& before) {
  s.abef = _mm_add_epi32(s.abef, before.abef);
  s.cdgh = _mm_add_epi32(s.cdgh, before.cdgh);
}

template <int kPicked>
inline __m128i Pick(const State& s) {
  return _mm_castps_si128(
      _mm_shuffle_ps(_mm_castsi128_ps(s.abef), _mm_castsi128_ps(s.cdgh), kPicked));
}

inline __m128i Abcd(const State& s) { return Pick<0xBB>(s); }
inline __m128i Efgh(const State& s) { return Pick<0x11>(s); }

inline Words OuterBlock(const State& inner) {
  return {{Abcd(inner), Efgh(inner), Load(kHmacOuterTail), Load(kHmacOuterTail + 4)}};
}

inline Words Padded(const Words& key, std::uint32_t pad) {
  Words w;
  for (std::size_t i = 0; i < 4; ++i) w.four[i] = _mm_xor_si128(key.four[i], All(pad));
  return w;
}

inline void FourRounds(State& s, __m128i w, std::size_t group) {
  const __m128i wk = _mm_add_epi32(w, Load(kSha256RoundConstants + 4 * group));
  s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, wk);
  s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh, _mm_shuffle_epi32(wk, 0x0E));
}

/// Four rounds, and then the schedule of those four groups later. The rounds come first, so that
/// they go first where both could.
[[gnu::always_inline]] inline void RoundsThenWords(State& s, Words& w, std::size_t group) {
  __m128i& w0 = w.four[group % 4];
  const __m128i w1 = w.four[(group + 1) % 4];
  const __m128i w2 = w.four[(group + 2) % 4];
  const __m128i w3 = w.four[(group + 3) % 4];
  FourRounds(s, w0, group);
  if (group + 4 >= kGroups) return;
  const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
  w0 = _mm_sha256msg2_epu32(partial, w3);
}

/// The schedule of four rounds just before them. Of the word that comes too late for SHA256MSG2
/// without delay, the sum is done after it: the schedule is what a block alone waits for.
[[gnu::always_inline]] inline void WordsThenRounds(State& s, Words& w, std::size_t group) {
  __m128i& w0 = w.four[group % 4];
  if (group >= 4) {
    const __m128i w1 = w.four[(group + 1) % 4];
    const __m128i w2 = w.four[(group + 2) % 4];
    const __m128i w3 = w.four[(group + 3) % 4];
    const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_srli_si128(w2, 4));
    w0 = _mm_add_epi32(_mm_sha256msg2_epu32(partial, w3), _mm_slli_si128(w3, 12));
  }
  FourRounds(s, w0, group);
}

/// A block alone.
[[gnu::always_inline]] inline void Compress(State& s, Words w) {
  const State before = s;
#pragma GCC unroll 16
  for (std::size_t g = 0; g < kGroups; ++g) WordsThenRounds(s, w, g);
  Add(s, before);
}

/// Two independent blocks together.
[[gnu::always_inline]] inline void CompressTwo(State& a, Words wa, State& b, Words wb) {
  const State a_before = a;
  const State b_before = b;
#pragma GCC unroll 16
  for (std::size_t g = 0; g < kGroups; ++g) {
    RoundsThenWords(a, wa, g);
    RoundsThenWords(b, wb, g);
  }
  Add(a, a_before);
  Add(b, b_before);
}

/// A block that is scheduled already, for each of the states.
template <std::size_t kCount>
[[gnu::always_inline]] inline void CompressScheduled(State (&s)[kCount], const std::uint32_t* wk) {
  State before[kCount];
  for (std::size_t i = 0; i < kCount; ++i) before[i] = s[i];
#pragma GCC unroll 16
  for (std::size_t g = 0; g < kGroups; ++g, wk += 4) {
    for (State& one : s) {
      one.cdgh = _mm_sha256rnds2_epu32(one.cdgh, one.abef, LoadTwo(wk));
      one.abef = _mm_sha256rnds2_epu32(one.abef, one.cdgh, LoadTwo(wk + 2));
    }
  }
  for (std::size_t i = 0; i < kCount; ++i) Add(s[i], before[i]);
}

/// In two loads a vector, each of which one store has written: see the chain's LoadKey.
inline Words LoadKey(const std::uint8_t* block) {
  Words key;
  for (std::size_t i = 0; i < 4; ++i, block += 16) {
    key.four[i] = SwapBytes(_mm_unpacklo_epi64(LoadTwo(block), LoadTwo(block + 8)));
  }
  return key;
}

/// The MAC as the key of the next link, and as bytes.
inline Words TakeMac(const State& outer, std::uint8_t* mac) {
  const Words key = {{Abcd(outer), Efgh(outer), _mm_setzero_si128(), _mm_setzero_si128()}};
  Store(mac, SwapBytes(key.four[0]));
  Store(mac + 16, SwapBytes(key.four[1]));
  return key;
}

}  // namespace

void DeriveShaNi(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                 std::uint8_t* macs, std::size_t /*mac_stride*/) {
  Words key = LoadKey(key_blocks);
  const std::uint32_t* wk = messages.schedules;
  for (std::size_t m = 0; m < messages.count; ++m, macs += 32) {
    State inner[1] = {Start()};
    State outer = Start();
    CompressTwo(inner[0], Padded(key, kHmacInnerPad), outer, Padded(key, kHmacOuterPad));
    for (std::size_t b = messages.block_counts[m]; b != 0; --b, wk += 64) {
      CompressScheduled(inner, wk);
    }
    Compress(outer, OuterBlock(inner[0]));
    key = TakeMac(outer, macs);
  }
}

void DeriveShaNiX2(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                   std::uint8_t* macs, std::size_t mac_stride) {
  Words key0 = LoadKey(key_blocks);
  Words key1 = LoadKey(key_blocks + 64);
  const std::uint32_t* wk = messages.schedules;
  for (std::size_t m = 0; m < messages.count; ++m, macs += 32) {
    State outer0 = Start();
    State outer1 = Start();
    CompressTwo(outer0, Padded(key0, kHmacOuterPad), outer1, Padded(key1, kHmacOuterPad));
    State inner[2] = {Start(), Start()};
    CompressTwo(inner[0], Padded(key0, kHmacInnerPad), inner[1], Padded(key1, kHmacInnerPad));
    for (std::size_t b = messages.block_counts[m]; b != 0; --b, wk += 64) {
      CompressScheduled(inner, wk);
    }
    CompressTwo(outer0, OuterBlock(inner[0]), outer1, OuterBlock(inner[1]));
    key0 = TakeMac(outer0, macs);
    key1 = TakeMac(outer1, macs + mac_stride);
  }
}

}  // namespace sigvet
