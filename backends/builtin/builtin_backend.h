#pragma once

#include <memory>

#include "backends/backend.h"

namespace sigvet {

struct Sha256Kernel;

/// The built-in backend on the kernel that SIGVET_KERNEL names, or the best of this machine; an
/// error where the variable names none that this machine can run.
BackendResult MakeBuiltinBackend();

/// The same on `kernel`, which this machine must support and which must outlive the backend.
std::unique_ptr<Backend> MakeBuiltinBackend(const Sha256Kernel& kernel);

}  // namespace sigvet
