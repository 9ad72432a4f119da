#include "backends/builtin/base64.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "backends/backend.h"

namespace sigvet {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The two characters of every 12 bits.
constexpr auto kPairs = [] {
  std::array<std::array<char, 2>, 4096> pairs{};
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {kAlphabet[i / 64], kAlphabet[i % 64]};
  return pairs;
}();

/// The 6 bits of every character; kNoLetter, in the bits above, where it has none.
constexpr std::uint8_t kNoLetter = 0x80;
constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoLetter);
  for (std::size_t i = 0; i < 64; ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

std::uint32_t LoadBigEndian(const std::uint8_t* from) {
  return std::uint32_t{from[0]} << 24 | std::uint32_t{from[1]} << 16 | std::uint32_t{from[2]} << 8 |
         std::uint32_t{from[3]};
}

/// Writes the four characters of 24 bits.
void WriteGroup(char* out, std::uint32_t bits) {
  std::memcpy(out, kPairs[bits >> 12].data(), 2);
  std::memcpy(out + 2, kPairs[bits & 0xFFF].data(), 2);
}

/// The 24 bits of four characters; kNoLetter in `seen` where one is not of the alphabet.
std::uint32_t ReadGroup(const char* in, std::uint32_t& seen) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint32_t value = kValues[static_cast<unsigned char>(in[i])];
    seen |= value;
    bits = bits << 6 | value;
  }
  return bits;
}

void WriteBytes(std::uint8_t* out, std::uint32_t bits, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::uint8_t>(bits >> (16 - 8 * i));
}

}  // namespace

void EncodeBase64(ByteView bytes, std::span<char> text) {
  const std::uint8_t* in = bytes.data();
  char* out = text.data();
  std::size_t left = bytes.size();
  // One load a group, of a byte more than it needs.
  for (; left > 3; left -= 3, in += 3, out += 4) WriteGroup(out, LoadBigEndian(in) >> 8);
  if (left != 0) {
    std::uint32_t bits = std::uint32_t{in[0]} << 16;
    if (left > 1) bits |= std::uint32_t{in[1]} << 8;
    if (left > 2) bits |= in[2];
    std::array<char, 4> group{};
    WriteGroup(group.data(), bits);
    std::fill(group.begin() + left + 1, group.end(), '=');
    std::memcpy(out, group.data(), group.size());
  }
}

std::string EncodeBase64(ByteView bytes) {
  std::string text(Base64Size(bytes.size()), '\0');
  EncodeBase64(bytes, text);
  return text;
}

std::optional<Bytes> DecodeBase64(std::string_view text) {
  if (text.empty()) return Bytes{};
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  Bytes bytes(text.size() / 4 * 3 - padding);
  const char* in = text.data();
  std::uint8_t* out = bytes.data();
  std::uint32_t seen = 0;
  for (std::size_t groups = text.size() / 4 - 1; groups != 0; --groups, in += 4, out += 3) {
    WriteBytes(out, ReadGroup(in, seen), 3);
  }
  // The padding counts as zero bits, and the bits below the last whole byte must be zero too.
  std::array<char, 4> last = {'A', 'A', 'A', 'A'};
  std::memcpy(last.data(), in, 4 - padding);
  const std::uint32_t bits = ReadGroup(last.data(), seen);
  WriteBytes(out, bits, 3 - padding);
  const std::uint32_t unused_bits = (std::uint32_t{1} << (8 * padding)) - 1;
  if ((seen & kNoLetter) != 0 || (bits & unused_bits) != 0) return std::nullopt;
  return bytes;
}

}  // namespace sigvet
