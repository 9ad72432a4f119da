#include "backends/builtin/sha256_engine.h"

#include <algorithm>

namespace sigvet {
namespace {

constexpr std::array<std::uint32_t, 8> kInitialState = std::to_array(kSha256Start);

/// Each byte of the words is the same.
constexpr auto kInnerPad = static_cast<std::uint8_t>(kHmacInnerPad);
constexpr auto kOuterPad = static_cast<std::uint8_t>(kHmacOuterPad);

void WriteDigest(const std::array<std::uint32_t, 8>& state, std::uint8_t* out) {
  for (const std::uint32_t word : state) {
    *out++ = static_cast<std::uint8_t>(word >> 24);
    *out++ = static_cast<std::uint8_t>(word >> 16);
    *out++ = static_cast<std::uint8_t>(word >> 8);
    *out++ = static_cast<std::uint8_t>(word);
  }
}

}  // namespace

std::size_t PadSha256(ByteView rest, std::uint64_t message_bytes, std::uint8_t* out) {
  constexpr std::size_t kMarkAndLengthBytes = 9;
  const std::size_t blocks = rest.size() + kMarkAndLengthBytes <= kSha256BlockBytes ? 1 : 2;
  std::uint8_t* const end = out + blocks * kSha256BlockBytes;
  out = std::copy(rest.begin(), rest.end(), out);
  *out++ = 0x80;
  std::fill(out, end - 8, std::uint8_t{0});
  for (int i = 1; i <= 8; ++i) {
    end[-i] = static_cast<std::uint8_t>(message_bytes * 8 >> (8 * (i - 1)));
  }
  return blocks;
}

Sha256Engine::Sha256Engine(const Sha256Kernel& kernel) : kernel_(&kernel) {
  PadSha256(Digest{}, kSha256BlockBytes + kDigestBytes, work_->digest.data());
}

void Sha256Engine::Absorb(ByteView message, std::uint64_t before) {
  const std::size_t whole = message.size() / kSha256BlockBytes;
  if (whole != 0) kernel_->compress(work_->inner.data(), message.data(), whole);
  const std::size_t tail_blocks = PadSha256(message.subspan(whole * kSha256BlockBytes),
                                            before + message.size(), work_->tail.data());
  kernel_->compress(work_->inner.data(), work_->tail.data(), tail_blocks);
}

Digest Sha256Engine::Hash(ByteView message) {
  work_->inner = kInitialState;
  Absorb(message, 0);
  Digest digest;
  WriteDigest(work_->inner, digest.data());
  return digest;
}

void Sha256Engine::SetKey(ByteView key) {
  Block& block = work_->key;
  block.fill(0);
  if (key.size() <= block.size()) {
    std::copy(key.begin(), key.end(), block.begin());
  } else {
    work_->inner = kInitialState;
    Absorb(key, 0);
    WriteDigest(work_->inner, block.data());
  }
  for (std::uint8_t& byte : block) byte ^= kInnerPad;
  work_->inner = kInitialState;
  kernel_->compress(work_->inner.data(), block.data(), 1);
  for (std::uint8_t& byte : block) byte ^= kInnerPad ^ kOuterPad;
  work_->outer = kInitialState;
  kernel_->compress(work_->outer.data(), block.data(), 1);
}

Digest Sha256Engine::Mac(ByteView message) {
  Absorb(message, kSha256BlockBytes);
  WriteDigest(work_->inner, work_->digest.data());
  kernel_->compress(work_->outer.data(), work_->digest.data(), 1);
  Digest mac;
  WriteDigest(work_->outer, mac.data());
  return mac;
}

}  // namespace sigvet
