#include "backends/builtin/sha256_stream.h"

#include <algorithm>

#include "backends/builtin/sha256_engine.h"
#include "backends/builtin/sha256_kernel_choice.h"

namespace sigvet {

static_assert(kSha256BlockBytes == 64);

Sha256Stream::Sha256Stream()
    : kernel_(ChosenSha256Kernel().value()), state_(std::to_array(kSha256Start)) {}

void Sha256Stream::Add(ByteView piece) {
  const std::size_t have = bytes_ % kBlockBytes;
  bytes_ += piece.size();
  if (have > 0) {
    const std::size_t taken = std::min(kBlockBytes - have, piece.size());
    std::copy_n(piece.begin(), taken, rest_.begin() + static_cast<std::ptrdiff_t>(have));
    piece = piece.subspan(taken);
    if (have + taken < kBlockBytes) return;
    kernel_->compress(state_.data(), rest_.data(), 1);
  }
  const std::size_t blocks = piece.size() / kBlockBytes;
  if (blocks > 0) kernel_->compress(state_.data(), piece.data(), blocks);
  std::ranges::copy(piece.subspan(blocks * kBlockBytes), rest_.begin());
}

Digest Sha256Stream::Finish() {
  std::array<std::uint8_t, 2 * kBlockBytes> tail{};
  const std::size_t blocks =
      PadSha256(ByteView(rest_).first(bytes_ % kBlockBytes), bytes_, tail.data());
  kernel_->compress(state_.data(), tail.data(), blocks);
  Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
  }
  return digest;
}

}  // namespace sigvet
