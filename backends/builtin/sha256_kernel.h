#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sigvet {

/// One way to compute HMACs of one message under several independent keys at once, a lane each.
struct HmacLanes {
  std::size_t lanes;
  /// From how many keys on this is faster than one after the other.
  std::size_t least_keys;
  /// `key`: `key_words` words (8 or 16) of `lanes` each, the big-endian words of keys that are
  /// filled up with zeros. `schedules`: of each block of the padded message its 64 words W + K.
  /// `mac`: 8 words of `lanes` each; it may be `key`.
  void (*hmac)(const std::uint32_t* key, std::size_t key_words, const std::uint32_t* schedules,
               std::size_t block_count, std::uint32_t* mac);
};

/// One way to compute the compression function of SHA-256 (FIPS 180-4 section 6.2.2).
struct Sha256Kernel {
  /// Kebab-case: "sha-ni".
  std::string_view name;
  /// Whether this machine can run it.
  bool (*supported)();
  /// Takes `block_count` blocks of 64 bytes into the state's 8 words. `blocks` need no alignment.
  void (*compress)(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count);
  /// For many keys; `lanes` is 0 where there is no such way.
  HmacLanes many = {};
};

/// The kernels of this build, the best first. The last one runs on every machine. The table is in
/// sha256_kernels_<architecture>.cc, of which CMake chooses one.
std::span<const Sha256Kernel> Sha256Kernels();

/// The best kernel that this machine can run.
const Sha256Kernel& BestSha256Kernel();

/// Sha256Kernel::compress of each kernel. Some are compiled for CPUs that this machine may not be:
/// their files use no inline function of a header, lest the linker take such a copy for all.
void CompressPortable(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count);
void CompressShaNi(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count);
/// HmacLanes::hmac of 16 lanes.
void HmacAvx512(const std::uint32_t* key, std::size_t key_words, const std::uint32_t* schedules,
                std::size_t block_count, std::uint32_t* mac);

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
