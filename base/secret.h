#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/bytes.h"

namespace sigvet {

/// Overwrites `size` bytes with zeros in a way that the compiler does not remove.
void SecureWipe(void* data, std::size_t size);

/// Bytes that must not leak: they are wiped when the object goes or is moved from, they can't be
/// printed, copied or compared by accident. Not for use from several threads at once.
class Secret {
 public:
  Secret() = default;
  /// Copies `bytes`; the caller still has to wipe its own copy.
  explicit Secret(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  explicit Secret(std::string_view text) : Secret(AsBytes(text)) {}
  /// `prefix` and `rest` joined, without a copy that is left behind.
  Secret(std::string_view prefix, ByteView rest);

  Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { SecureWipe(bytes_.data(), bytes_.size()); }

  bool operator==(const Secret&) const = delete;

  bool empty() const { return bytes_.empty(); }
  std::size_t size() const { return bytes_.size(); }

  /// The bytes themselves, valid while this object is. Every call is a place to review.
  ByteView Reveal() const { return bytes_; }

 private:
  Bytes bytes_;
};

/// `text` as a Secret; its own bytes are wiped.
Secret TakeSecret(std::string text);

/// A plain value (digests, keys) that is wiped when it goes. Can't be copied or compared.
template <typename T>
class Wiped {
 public:
  static_assert(std::is_trivially_copyable_v<T>);

  Wiped() = default;
  Wiped(Wiped&& other) noexcept : value_(other.value_) { other.Wipe(); }
  Wiped& operator=(Wiped&& other) noexcept {
    if (this != &other) {
      value_ = other.value_;
      other.Wipe();
    }
    return *this;
  }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  ~Wiped() { Wipe(); }

  bool operator==(const Wiped&) const = delete;

  T& operator*() { return value_; }
  const T& operator*() const { return value_; }
  T* operator->() { return &value_; }
  const T* operator->() const { return &value_; }

 private:
  void Wipe() { SecureWipe(&value_, sizeof value_); }

  T value_{};
};

}  // namespace sigvet
