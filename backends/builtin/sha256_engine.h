#pragma once

#include <array>

#include "backends/builtin/sha256_kernel.h"
#include "base/bytes.h"
#include "base/secret.h"

namespace sigvet {

inline constexpr std::size_t kSha256BlockBytes = 64;

/// Writes what follows the whole blocks of a message: `rest` (less than a block), and the padding
/// of FIPS 180-4 section 5.1.1 for a message of `message_bytes` in all. Returns how many blocks
/// that makes, 1 or 2; `out` must have room for 2.
std::size_t PadSha256(ByteView rest, std::uint64_t message_bytes, std::uint8_t* out);

/// SHA-256 and HMAC-SHA-256 on one kernel, without allocation. Keeps the last key and its states,
/// so that the same key again costs nothing, and wipes them at its end.
class Sha256Engine {
 public:
  /// `kernel` must outlive the engine.
  explicit Sha256Engine(const Sha256Kernel& kernel);

  const Sha256Kernel& kernel() const { return *kernel_; }

  Digest Hash(ByteView message);

  /// `key` of any size; Mac may follow any number of times.
  void SetKey(ByteView key);
  Digest Mac(ByteView message);

 private:
  using State = std::array<std::uint32_t, 8>;
  using Block = std::array<std::uint8_t, kSha256BlockBytes>;

  /// Aligned to cache lines: every block is read and written as one.
  struct alignas(64) Work {
    State state;
    State inner;      ///< after the inner block of `key`
    State outer;      ///< after its outer block
    Block key;        ///< filled up with zeros
    Block other_key;  ///< that may be another one, or `key` with a pad
    Block digest;     ///< of the inner hash, padded as the outer hash needs it
    std::array<std::uint8_t, 2 * kSha256BlockBytes> tail;
  };

  /// Takes `message` and its padding into the state; `before` bytes went in already.
  void Absorb(ByteView message, std::uint64_t before);
  /// `after`: the state after the block of the key and `pad`.
  void AbsorbKey(std::uint8_t pad, State& after);

  const Sha256Kernel* kernel_;
  bool has_key_ = false;
  Wiped<Work> work_;
};

}  // namespace sigvet
