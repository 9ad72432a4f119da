#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace sigvet {

/// Draws that are the same on every machine: the standard says what std::mt19937_64 gives, but not
/// what its distributions make of it.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : engine_(seed) {}

  /// From 0 to `bound` - 1, each as likely; `bound` must be at least 1.
  std::size_t Below(std::size_t bound) {
    // The multiples of `bound` that fit; what lies beyond them would favour small numbers.
    const std::uint64_t limit = ~std::uint64_t{0} - ~std::uint64_t{0} % bound;
    std::uint64_t drawn = engine_();
    while (drawn >= limit) drawn = engine_();
    return static_cast<std::size_t>(drawn % bound);
  }

  /// True once in `count` draws.
  bool OneIn(std::size_t count) { return Below(count) == 0; }

  /// From `least` to `most`.
  std::size_t Between(std::size_t least, std::size_t most) {
    return least + Below(most - least + 1);
  }

  template <typename T, std::size_t kCount>
  const T& OneOf(const T (&choices)[kCount]) {
    return choices[Below(kCount)];
  }

  /// `count` characters of `alphabet`.
  std::string Text(std::string_view alphabet, std::size_t count) {
    std::string text;
    while (text.size() < count) text += alphabet[Below(alphabet.size())];
    return text;
  }

  /// Any bytes.
  std::string Bytes(std::size_t count) {
    std::string bytes;
    while (bytes.size() < count) bytes += static_cast<char>(Below(256));
    return bytes;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace sigvet
