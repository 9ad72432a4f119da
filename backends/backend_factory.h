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

}  // namespace sigvet
