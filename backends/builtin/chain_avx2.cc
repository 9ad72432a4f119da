#include <immintrin.h>

#include "backends/builtin/chain_lanes.h"
#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

/// 8 lanes of AVX2.
struct Avx2 {
  using Vector = __m256i;

  static Vector All(std::uint32_t value) { return _mm256_set1_epi32(static_cast<int>(value)); }
  static Vector Add(Vector a, Vector b) { return _mm256_add_epi32(a, b); }
  static Vector Xor(Vector a, Vector b) { return _mm256_xor_si256(a, b); }

  template <int N>
  static Vector Rotate(Vector x) {
    return Xor(_mm256_srli_epi32(x, N), _mm256_slli_epi32(x, 32 - N));
  }

  template <int N>
  static Vector Shift(Vector x) {
    return _mm256_srli_epi32(x, N);
  }

  static Vector Xor3(Vector a, Vector b, Vector c) { return Xor(a, Xor(b, c)); }
  /// `b` where `a` is set, else `c`.
  static Vector Choose(Vector a, Vector b, Vector c) {
    return Xor(c, _mm256_and_si256(a, Xor(b, c)));
  }
  /// The next round's `b ^ c` is this round's `a ^ b`.
  static Vector Majority(Vector a, Vector b, Vector c) {
    return Xor(b, _mm256_and_si256(Xor(a, b), Xor(b, c)));
  }

  /// Turns the bytes of each word around.
  static Vector BigEndian(Vector x) {
    return _mm256_shuffle_epi8(
        x, _mm256_broadcastsi128_si256(_mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203)));
  }

  /// Of four rows of 8 words: row `i` gets the words `i` and `i + 4` of each, by fours.
  static void TransposeFours(Vector* rows) {
    const Vector low01 = _mm256_unpacklo_epi32(rows[0], rows[1]);
    const Vector high01 = _mm256_unpackhi_epi32(rows[0], rows[1]);
    const Vector low23 = _mm256_unpacklo_epi32(rows[2], rows[3]);
    const Vector high23 = _mm256_unpackhi_epi32(rows[2], rows[3]);
    rows[0] = _mm256_unpacklo_epi64(low01, low23);
    rows[1] = _mm256_unpackhi_epi64(low01, low23);
    rows[2] = _mm256_unpacklo_epi64(high01, high23);
    rows[3] = _mm256_unpackhi_epi64(high01, high23);
  }

  /// 8 blocks of 64 bytes.
  static void Load(const std::uint8_t* blocks, Vector* words) {
    for (std::size_t i = 0; i < 16; ++i) {
      // Four words of the block `i % 4`, and of the fourth behind it.
      const std::uint8_t* const from = blocks + i % 4 * 64 + i / 4 * 16;
      const auto piece = [from](std::size_t block) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + block * 64));
      };
      words[i] = BigEndian(_mm256_set_m128i(piece(4), piece(0)));
    }
    for (std::size_t i = 0; i < 16; i += 4) TransposeFours(words + i);
  }

  /// 8 times 8 words, `stride` bytes apart.
  static void Store(const Vector* words, std::uint8_t* bytes, std::size_t stride) {
    Vector rows[8];
    for (std::size_t i = 0; i < 8; ++i) rows[i] = BigEndian(words[i]);
    TransposeFours(rows);
    TransposeFours(rows + 4);
    for (std::size_t i = 0; i < 8; ++i) {
      std::uint8_t* const to = bytes + i % 4 * stride + i / 4 * 16;
      const auto store = [to, stride](std::size_t lane, __m128i piece) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to + lane * stride), piece);
      };
      store(0, _mm256_castsi256_si128(rows[i]));
      store(4, _mm256_extracti128_si256(rows[i], 1));
    }
  }
};

}  // namespace

void DeriveAvx2(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                std::uint8_t* macs, std::size_t mac_stride) {
  LaneChain<Avx2>::Derive(key_blocks, messages, macs, mac_stride);
  _mm256_zeroupper();
}

}  // namespace sigvet
