#include <immintrin.h>

#include "backends/builtin/chain_lanes.h"
#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

/// 16 lanes of AVX-512F.
struct Avx512 {
  using Vector = __m512i;

  static Vector All(std::uint32_t value) { return _mm512_set1_epi32(static_cast<int>(value)); }
  static Vector Add(Vector a, Vector b) { return _mm512_add_epi32(a, b); }
  static Vector Xor(Vector a, Vector b) { return _mm512_xor_si512(a, b); }

  template <int N>
  static Vector Rotate(Vector x) {
    return _mm512_ror_epi32(x, N);
  }

  template <int N>
  static Vector Shift(Vector x) {
    return _mm512_srli_epi32(x, N);
  }

  // VPTERNLOGD takes the truth table of three inputs.
  static Vector Xor3(Vector a, Vector b, Vector c) {
    return _mm512_ternarylogic_epi32(a, b, c, 0x96);
  }
  /// `b` where `a` is set, else `c`.
  static Vector Choose(Vector a, Vector b, Vector c) {
    return _mm512_ternarylogic_epi32(a, b, c, 0xCA);
  }
  static Vector Majority(Vector a, Vector b, Vector c) {
    return _mm512_ternarylogic_epi32(a, b, c, 0xE8);
  }

  /// Turns the bytes of each word around.
  static Vector BigEndian(Vector x) {
    return Choose(All(0x00FF00FF), _mm512_rol_epi32(x, 8), _mm512_ror_epi32(x, 8));
  }

  /// Of four rows of 16 words: row `i` gets the words `i`, `i + 4`... of each, by fours.
  static void TransposeFours(Vector* rows) {
    const Vector low01 = _mm512_unpacklo_epi32(rows[0], rows[1]);
    const Vector high01 = _mm512_unpackhi_epi32(rows[0], rows[1]);
    const Vector low23 = _mm512_unpacklo_epi32(rows[2], rows[3]);
    const Vector high23 = _mm512_unpackhi_epi32(rows[2], rows[3]);
    rows[0] = _mm512_unpacklo_epi64(low01, low23);
    rows[1] = _mm512_unpackhi_epi64(low01, low23);
    rows[2] = _mm512_unpacklo_epi64(high01, high23);
    rows[3] = _mm512_unpackhi_epi64(high01, high23);
  }

  /// 16 blocks of 64 bytes.
  static void Load(const std::uint8_t* blocks, Vector* words) {
    for (std::size_t i = 0; i < 16; ++i) {
      // Four words of the blocks `i % 4`, and 4, 8 and 12 further on.
      const std::uint8_t* const from = blocks + i % 4 * 64 + i / 4 * 16;
      const auto piece = [from](std::size_t block) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + block * 64));
      };
      Vector row = _mm512_broadcast_i32x4(piece(0));
      row = _mm512_inserti32x4(row, piece(4), 1);
      row = _mm512_inserti32x4(row, piece(8), 2);
      words[i] = BigEndian(_mm512_inserti32x4(row, piece(12), 3));
    }
    for (std::size_t i = 0; i < 16; i += 4) TransposeFours(words + i);
  }

  /// 16 times 8 words, `stride` bytes apart.
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
      store(0, _mm512_castsi512_si128(rows[i]));
      store(4, _mm512_extracti32x4_epi32(rows[i], 1));
      store(8, _mm512_extracti32x4_epi32(rows[i], 2));
      store(12, _mm512_extracti32x4_epi32(rows[i], 3));
    }
  }
};

}  // namespace

void DeriveAvx512(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                  std::uint8_t* macs, std::size_t mac_stride) {
  LaneChain<Avx512>::Derive(key_blocks, messages, macs, mac_stride);
  _mm256_zeroupper();
}

}  // namespace sigvet
