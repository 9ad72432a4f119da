#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sigvet {

/// The messages of a chain of HMACs as kernels take them: padded behind the block of a key, and
/// scheduled.
struct ScheduledMessages {
  /// The 64 words W + K (FIPS 180-4 section 6.2.2) of each block, message after message.
  const std::uint32_t* schedules;
  /// How many blocks each message has, at least 1.
  const std::size_t* block_counts;
  std::size_t count;
};

/// One way to derive a chain of HMACs for several independent keys at once, a lane each.
struct ChainForm {
  std::size_t lanes;
  /// From how many keys on this is faster than the forms with fewer lanes.
  std::size_t least_keys;
  /// `key_blocks`: of each lane the key, filled up with zeros to 64 bytes. Writes the MAC of
  /// message `i` of lane `l`, 32 bytes, to `macs + l * mac_stride + i * 32`. Nothing needs
  /// alignment, and nothing overlaps.
  void (*derive)(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                 std::uint8_t* macs, std::size_t mac_stride);
};

/// One way to compute SHA-256, and chains of HMACs on it.
struct Sha256Kernel {
  /// Kebab-case: "sha-ni".
  std::string_view name;
  /// What it asks of the machine, as in "the SHA and SSE4.1 instructions".
  std::string_view needs;
  /// Whether this machine can run it.
  bool (*supported)();
  /// Takes `block_count` blocks of 64 bytes into the state's 8 words (FIPS 180-4 section 6.2.2).
  /// `blocks` need no alignment.
  void (*compress)(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count);
  /// The most lanes first; the last has one lane and takes any number of keys.
  std::span<const ChainForm> forms;
};

/// The kernels of this build, the best first. The last one runs on every machine. The table is in
/// sha256_kernels_<architecture>.cc, of which CMake chooses one.
std::span<const Sha256Kernel> Sha256Kernels();

/// Sha256Kernel::compress of each kernel. Some are compiled for CPUs that this machine may not be:
/// their files use no inline function of a header, lest the linker take such a copy for all.
void CompressPortable(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count);
void CompressShaNi(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count);

/// ChainForm::derive of 1, 1, 2, 8 and 16 lanes.
void DerivePortable(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                    std::uint8_t* macs, std::size_t mac_stride);
void DeriveShaNi(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                 std::uint8_t* macs, std::size_t mac_stride);
void DeriveShaNiX2(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                   std::uint8_t* macs, std::size_t mac_stride);
void DeriveAvx2(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                std::uint8_t* macs, std::size_t mac_stride);
void DeriveAvx512(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                  std::uint8_t* macs, std::size_t mac_stride);

/// The same on ARMv8: the chains have 1 and 2 lanes.
void CompressArmv8(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count);
void DeriveArmv8(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                 std::uint8_t* macs, std::size_t mac_stride);
void DeriveArmv8X2(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                   std::uint8_t* macs, std::size_t mac_stride);

/// The state before the first block (FIPS 180-4 section 5.3.3).
alignas(32) inline constexpr std::uint32_t kSha256Start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/// What the key is combined with (RFC 2104 section 2), four bytes at once.
inline constexpr std::uint32_t kHmacInnerPad = 0x36363636;
inline constexpr std::uint32_t kHmacOuterPad = 0x5C5C5C5C;

/// What follows the inner digest in the block of the outer hash: the mark, zeros, and the length of
/// a block and 32 bytes in bits.
alignas(32) inline constexpr std::uint32_t kHmacOuterTail[8] = {0x80000000, 0, 0, 0,
                                                                0,          0, 0, (64 + 32) * 8};

/// The constants K of SHA-256 (FIPS 180-4 section 4.2.2).
alignas(64) inline constexpr std::uint32_t kSha256RoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

}  // namespace sigvet
