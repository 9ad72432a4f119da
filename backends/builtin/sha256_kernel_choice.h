#pragma once

#include <span>
#include <string_view>

#include "backends/builtin/sha256_kernel.h"
#include "base/result.h"

namespace sigvet {

/// The kernel that the environment variable SIGVET_KERNEL names, or the best that this machine can
/// run where it names none. An error names the kernels that there are. The environment is read once
/// a process; thread-safe.
Result<const Sha256Kernel*> ChosenSha256Kernel();

/// The same among `kernels`, of which this machine must be able to run one; an empty `name` names
/// none.
Result<const Sha256Kernel*> ChooseSha256Kernel(std::span<const Sha256Kernel> kernels,
                                               std::string_view name);

}  // namespace sigvet
