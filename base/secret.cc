#include "base/secret.h"

#include <string.h>  // explicit_bzero is not in <cstring>

namespace sigvet {

void SecureWipe(void* data, std::size_t size) {
  if (size != 0) explicit_bzero(data, size);
}

Secret::Secret(std::string_view prefix, ByteView rest) {
  bytes_.reserve(prefix.size() + rest.size());
  const ByteView head = AsBytes(prefix);
  bytes_.insert(bytes_.end(), head.begin(), head.end());
  bytes_.insert(bytes_.end(), rest.begin(), rest.end());
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    SecureWipe(bytes_.data(), bytes_.size());
    bytes_ = std::exchange(other.bytes_, {});
  }
  return *this;
}

Secret TakeSecret(std::string text) {
  const std::string_view view = text;
  Secret secret(view);
  SecureWipe(text.data(), text.size());
  return secret;
}

}  // namespace sigvet
