#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace sigvet {

/// Bytes that wait to be written and hold secrets: wiped wherever they stood.
class WriteQueue {
 public:
  WriteQueue() = default;
  ~WriteQueue() { Clear(); }
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;

  std::string_view rest() const { return std::string_view{bytes_}.substr(written_); }

  void Add(std::string_view more) {
    if (bytes_.size() + more.size() > bytes_.capacity()) {
      std::string larger;
      larger.reserve(std::max(2 * bytes_.capacity(), rest().size() + more.size()));
      larger += rest();
      SecureWipe(bytes_.data(), bytes_.size());
      bytes_.swap(larger);
      written_ = 0;
    }
    bytes_ += more;
  }
  void Drop(std::size_t size) {
    written_ += size;
    if (written_ == bytes_.size()) Clear();
  }
  void Clear() {
    SecureWipe(bytes_.data(), bytes_.size());
    bytes_.clear();
    written_ = 0;
  }

 private:
  std::string bytes_;
  std::size_t written_ = 0;
};

}  // namespace sigvet
