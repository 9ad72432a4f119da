#pragma once

#include <array>
#include <cstdint>

#include "backends/builtin/sha256_kernel.h"
#include "base/bytes.h"

namespace sigvet {

/// SHA-256 of a message that comes piece by piece. For public data: nothing is wiped.
class Sha256Stream {
 public:
  /// On the kernel that the program runs on, which must be a good choice: see ChosenSha256Kernel.
  Sha256Stream();

  void Add(ByteView piece);

  /// The digest of all pieces so far; the last call.
  Digest Finish();

 private:
  static constexpr std::size_t kBlockBytes = 64;

  const Sha256Kernel* kernel_;
  std::array<std::uint32_t, 8> state_;
  std::uint64_t bytes_ = 0;
  /// What is less than a block so far: `bytes_ % kBlockBytes`.
  std::array<std::uint8_t, kBlockBytes> rest_{};
};

}  // namespace sigvet
