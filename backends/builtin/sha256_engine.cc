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

/// In a time that does not tell where they differ.
bool IsSame(const std::array<std::uint8_t, kSha256BlockBytes>& a,
            const std::array<std::uint8_t, kSha256BlockBytes>& b) {
  std::uint8_t different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) different |= static_cast<std::uint8_t>(a[i] ^ b[i]);
  return different == 0;
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
  if (whole != 0) kernel_->compress(work_->state.data(), message.data(), whole);
  const std::size_t tail_blocks = PadSha256(message.subspan(whole * kSha256BlockBytes),
                                            before + message.size(), work_->tail.data());
  kernel_->compress(work_->state.data(), work_->tail.data(), tail_blocks);
}

Digest Sha256Engine::Hash(ByteView message) {
  work_->state = kInitialState;
  Absorb(message, 0);
  Digest digest;
  WriteDigest(work_->state, digest.data());
  return digest;
}

void Sha256Engine::AbsorbKey(std::uint8_t pad, State& after) {
  Block& padded = work_->other_key;
  for (std::size_t i = 0; i < padded.size(); ++i) padded[i] = work_->key[i] ^ pad;
  after = kInitialState;
  kernel_->compress(after.data(), padded.data(), 1);
}

void Sha256Engine::SetKey(ByteView key) {
  Block& block = work_->other_key;
  block.fill(0);
  if (key.size() <= block.size()) {
    std::copy(key.begin(), key.end(), block.begin());
  } else {
    work_->state = kInitialState;
    Absorb(key, 0);
    WriteDigest(work_->state, block.data());
  }
  if (has_key_ && IsSame(block, work_->key)) return;
  work_->key = block;
  AbsorbKey(kInnerPad, work_->inner);
  AbsorbKey(kOuterPad, work_->outer);
  has_key_ = true;
}

Digest Sha256Engine::Mac(ByteView message) {
  work_->state = work_->inner;
  Absorb(message, kSha256BlockBytes);
  WriteDigest(work_->state, work_->digest.data());
  work_->state = work_->outer;
  kernel_->compress(work_->state.data(), work_->digest.data(), 1);
  Digest mac;
  WriteDigest(work_->state, mac.data());
  return mac;
}

}  // namespace sigvet
