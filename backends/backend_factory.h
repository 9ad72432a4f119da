#pragma once

#include <exception>
#include <memory>
#include <string>

#include "backends/backend.h"

namespace sigvet {

/// A new `T`, or the error "unavailable, because ..." with what its constructor threw.
template <typename T>
BackendResult TryMakeBackend() {
  try {
    return BackendResult(std::make_unique<T>());
  } catch (const std::exception& e) {
    return Error{.message = "unavailable, because " + std::string(e.what())};
  }
}

/// What `work` returns; what its library throws becomes a BackendError about `task`, as in "Botan's
/// SHA-256".
template <typename Work>
auto Guarded(const char* task, Work work) {
  try {
    return work();
  } catch (const std::exception& e) {
    throw BackendError(std::string(task) + " failed: " + e.what());
  }
}

}  // namespace sigvet
