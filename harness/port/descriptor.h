#pragma once

#include <unistd.h>

#include <utility>

namespace sigvet {

/// A file descriptor, closed when it goes.
class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { Reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }
  void Reset(int fd = -1) {
    if (fd_ >= 0) close(fd_);
    fd_ = fd;
  }

 private:
  int fd_ = -1;
};

}  // namespace sigvet
