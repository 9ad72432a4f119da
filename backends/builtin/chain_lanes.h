#pragma once

#include <cstddef>
#include <cstdint>

#include "backends/builtin/sha256_kernel.h"

// Chains of HMACs for as many keys at once as a vector has 32-bit lanes. The files that include
// this are compiled for different CPUs: everything here is computed by the compiler, or a template
// over a type of an unnamed namespace, so that no file's code can stand in for another's.

namespace sigvet {

/// The words 8 to 15 of a block that are the same in all lanes, and all that follows from them
/// alone.
struct ConstantHalf {
  /// W + K of the rounds 8 to 15.
  std::uint32_t wk[8];
  /// What they add to the words 16 to 31 of the schedule.
  std::uint32_t next[16];
};

/// FIPS 180-4 section 6.2.2: word t is sigma1(word t-2) + word t-7 + sigma0(word t-15) + word t-16.
consteval ConstantHalf FoldHalf(const std::uint32_t (&words)[8]) {
  const auto rotate = [](std::uint32_t x, int n) { return x >> n | x << (32 - n); };
  ConstantHalf half = {};
  for (std::size_t i = 0; i < 8; ++i) {
    const std::uint32_t w = words[i];
    half.wk[i] = w + kSha256RoundConstants[8 + i];
    if (i >= 6) half.next[i - 6] += rotate(w, 17) ^ rotate(w, 19) ^ w >> 10;
    if (i >= 1) half.next[i - 1] += w;
    half.next[i + 7] += rotate(w, 7) ^ rotate(w, 18) ^ w >> 3;
    half.next[i + 8] += w;
  }
  return half;
}

consteval ConstantHalf FoldPad(std::uint32_t pad) {
  return FoldHalf({pad, pad, pad, pad, pad, pad, pad, pad});
}

/// `V` has the type of a vector, its lanes, and the operations on vectors.
template <typename V>
class LaneChain {
 public:
  using Vector = typename V::Vector;

  struct State {
    Vector word[8];
  };

  struct Block {
    Vector word[16];
  };

  /// ChainForm::derive. `V::Load` and `V::Store` turn bytes into the words of lanes and back.
  static void Derive(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                     std::uint8_t* macs, std::size_t mac_stride) {
    Block key;
    V::Load(key_blocks, key.word);
    const std::uint32_t* schedules = messages.schedules;
    State mac;
    for (std::size_t i = 0; i < messages.count; ++i) {
      State inner = Start();
      State outer = Start();
      if (i == 0) {
        Compress(inner, Padded(key, kHmacInnerPad));
        Compress(outer, Padded(key, kHmacOuterPad));
      } else {
        CompressHalf(inner, Padded(mac, kHmacInnerPad), kInnerHalf);
        CompressHalf(outer, Padded(mac, kHmacOuterPad), kOuterHalf);
      }
      CompressShared(inner, schedules, messages.block_counts[i]);
      schedules += messages.block_counts[i] * 64;
      CompressHalf(outer, inner, kDigestHalf);
      mac = outer;
      V::Store(mac.word, macs + i * 32, mac_stride);
    }
  }

 private:
  /// The second half of the block of a key of 32 bytes, and what follows the inner digest.
  static constexpr ConstantHalf kInnerHalf = FoldPad(kHmacInnerPad);
  static constexpr ConstantHalf kOuterHalf = FoldPad(kHmacOuterPad);
  static constexpr ConstantHalf kDigestHalf = FoldHalf(kHmacOuterTail);

  template <int A, int B, int C>
  static Vector Sigma(Vector x) {
    return V::Xor3(V::template Rotate<A>(x), V::template Rotate<B>(x), V::template Rotate<C>(x));
  }

  /// As Sigma, but the last is a shift.
  template <int A, int B, int C>
  static Vector SmallSigma(Vector x) {
    return V::Xor3(V::template Rotate<A>(x), V::template Rotate<B>(x), V::template Shift<C>(x));
  }

  static Vector SmallSigma0(Vector x) { return SmallSigma<7, 18, 3>(x); }
  static Vector SmallSigma1(Vector x) { return SmallSigma<17, 19, 10>(x); }

  /// Round `t`: the words change their names, not their places. `wk` is W + K. Rotations share one
  /// port of the CPU, so that Sigma is ready last and is added last.
  [[gnu::always_inline]] static void Round(State& s, std::size_t t, Vector wk) {
    const auto at = [t](std::size_t i) { return (i + 8 - t % 8) % 8; };
    const Vector a = s.word[at(0)];
    const Vector e = s.word[at(4)];
    const Vector choose = V::Choose(e, s.word[at(5)], s.word[at(6)]);
    const Vector t1 = V::Add(V::Add(V::Add(s.word[at(7)], wk), choose), Sigma<6, 11, 25>(e));
    const Vector majority = V::Majority(a, s.word[at(1)], s.word[at(2)]);
    s.word[at(3)] = V::Add(s.word[at(3)], t1);
    s.word[at(7)] = V::Add(t1, V::Add(Sigma<2, 13, 22>(a), majority));
  }

  /// The rounds from `t` on, a multiple of 16; `w` holds the words from `t` on and is used up.
  /// Rolled: unrolled, the code of all rounds would not fit the first-level instruction cache.
  [[gnu::always_inline]] static void Rounds(State& s, Block& w, std::size_t t) {
    for (; t < 48; t += 16) {
#pragma GCC unroll 16
      for (std::size_t i = 0; i < 16; ++i) {
        Round(s, i, V::Add(w.word[i], V::All(kSha256RoundConstants[t + i])));
        w.word[i] = V::Add(V::Add(w.word[i], SmallSigma0(w.word[(i + 1) % 16])),
                           V::Add(w.word[(i + 9) % 16], SmallSigma1(w.word[(i + 14) % 16])));
        ComputeHere(w.word[i]);
      }
    }
#pragma GCC unroll 16
    for (std::size_t i = 0; i < 16; ++i) {
      Round(s, i, V::Add(w.word[i], V::All(kSha256RoundConstants[48 + i])));
    }
  }

  /// Where GCC 12 is free to move the words of the schedule, it runs out of registers.
  [[gnu::always_inline]] static void ComputeHere(Vector& x) { asm("" : "+v"(x)); }

  static void AddTo(State& s, const State& before) {
    for (std::size_t i = 0; i < 8; ++i) s.word[i] = V::Add(s.word[i], before.word[i]);
  }

  /// A block that differs from lane to lane.
  [[gnu::noinline]] static void Compress(State& state, const Block& block) {
    State s = state;
    Block w = block;
    Rounds(s, w, 0);
    AddTo(s, state);
    state = s;
  }

  /// A block of which the first half differs from lane to lane.
  [[gnu::noinline]] static void CompressHalf(State& state, const State& first,
                                             const ConstantHalf& second) {
    State s = state;
    Block next;
#pragma GCC unroll 16
    for (std::size_t i = 0; i < 16; ++i) {
      Round(s, i,
            i < 8 ? V::Add(first.word[i], V::All(kSha256RoundConstants[i]))
                  : V::All(second.wk[i - 8]));
      // Word 16 + i, as Rounds computes it, less what has been folded.
      Vector w = V::All(second.next[i]);
      if (i < 8) w = V::Add(w, first.word[i]);
      if (i < 7) w = V::Add(w, SmallSigma0(first.word[i + 1]));
      if (i == 15) w = V::Add(w, SmallSigma0(next.word[0]));
      if (i >= 7) w = V::Add(w, next.word[i - 7]);
      if (i >= 2) w = V::Add(w, SmallSigma1(next.word[i - 2]));
      ComputeHere(w);
      next.word[i] = w;
    }
    Rounds(s, next, 16);
    AddTo(s, state);
    state = s;
  }

  /// Blocks that all lanes share, each as its 64 words W + K.
  [[gnu::noinline]] static void CompressShared(State& state, const std::uint32_t* wk,
                                               std::size_t count) {
    State s = state;
    for (; count != 0; --count) {
      const State before = s;
      for (std::size_t t = 0; t < 64; t += 16, wk += 16) {
#pragma GCC unroll 16
        for (std::size_t i = 0; i < 16; ++i) Round(s, i, V::All(wk[i]));
      }
      AddTo(s, before);
    }
    state = s;
  }

  static State Start() {
    State s;
    for (std::size_t i = 0; i < 8; ++i) s.word[i] = V::All(kSha256Start[i]);
    return s;
  }

  template <typename Words>
  static Words Padded(const Words& key, std::uint32_t pad) {
    Words words = key;
    for (Vector& word : words.word) word = V::Xor(word, V::All(pad));
    return words;
  }
};

}  // namespace sigvet
