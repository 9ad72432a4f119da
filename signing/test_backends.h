#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "backends/backend_registry.h"

namespace sigvet {

struct NamedBackend {
  std::string id;
  std::unique_ptr<Backend> backend;
};

/// Every backend that this build and this machine have; there is one at least.
inline std::vector<NamedBackend> TestBackends() {
  std::vector<NamedBackend> backends;
  for (const BackendEntry& entry : AllBackends()) {
    BackendResult made = MakeBackend(entry.id);
    if (made) backends.push_back({std::string(entry.id), std::move(*made)});
  }
  EXPECT_FALSE(backends.empty());
  return backends;
}

}  // namespace sigvet
