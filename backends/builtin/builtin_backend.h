#pragma once

#include <memory>

#include "backends/backend.h"
#include "backends/builtin/sha256_kernel.h"

namespace sigvet {

/// The built-in backend on the best kernel of this machine.
BackendResult MakeBuiltinBackend();

/// The same on `kernel`, which this machine must support and which must outlive the backend.
std::unique_ptr<Backend> MakeBuiltinBackend(const Sha256Kernel& kernel);

}  // namespace sigvet
