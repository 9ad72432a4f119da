#pragma once

#include <memory>
#include <span>

#include "backends/backend.h"
#include "backends/builtin/sha256_kernel.h"

namespace sigvet {

/// A chain whose messages are padded and scheduled once, so that deriving is nothing but the
/// kernel's work; many keys go through the kernel's lanes. `kernel` must outlive it.
std::unique_ptr<HmacChain> MakeBuiltinChain(const Sha256Kernel& kernel,
                                            std::span<const ByteView> messages);

}  // namespace sigvet
