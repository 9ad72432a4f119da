#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/bytes.h"

namespace sigvet {

/// A message of the workloads that measure hashing by size, and what comes of it.
struct SizedMessage {
  std::size_t bytes;
  std::string_view sha256;
  /// Under HashKey().
  std::string_view hmac;

  /// What is counted: whole messages where they are short, else bytes.
  bool counts_bytes() const { return bytes >= 1024; }
};

// m = bytes((i ^ i >> 8 ^ i >> 16) & 255 for i in range(1 << 20))
// key = bytes((i * 7 + 3) % 256 for i in range(32))
// for n in 0, 64, 1024, 16384, 1 << 20:
//   print(hashlib.sha256(m[:n]).hexdigest(), hmac.digest(key, m[:n], "sha256").hex())
inline constexpr auto kSizedMessages = std::to_array<SizedMessage>({
    {0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
     "feffb2318c2191c4f11e1fc0ee3d808697d6073ae8a1c30be5f1a169ceff13e6"},
    {64, "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108",
     "a971022fe167408ee1bd1ac8aae6899064dcde8252ebfb3ca2ebba6fe8fba2d3"},
    {1024, "6a3cc148a2e71263354034fe075552726d78047aab2368663310e40f6c22dbe8",
     "85984301f28207df7e98ac113f4625be8010147db05314906c2059da05030556"},
    {16384, "5ed50de188f53b0342fef76094894727ba124322610b6b9f7a43e09ec785aeb2",
     "6b9c586e9df15ed97f653e5e7f8b4cf972be23e69b658f3857f025de2b71d615"},
    {1 << 20, "9a058339229372b03c3b56553873e3681bb2ec068f7b9f08d7d6c9dd93157cbd",
     "5b099e934a7472eb48ecae7d18d61fdc7b18ec954a031ae6b552668b752deb04"},
});

inline Bytes HashMessage(std::size_t size) {
  Bytes message(size);
  for (std::size_t i = 0; i < size; ++i) {
    message[i] = static_cast<std::uint8_t>(i ^ i >> 8 ^ i >> 16);
  }
  return message;
}

inline Digest HashKey() {
  Digest key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i * 7 + 3);
  return key;
}

}  // namespace sigvet
