#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace sigvet {

/// Keeps the memory of this process out of core dumps from here on.
void ForbidCoreDumps();

/// The secret access key: AWS_SECRET_ACCESS_KEY where it is set and not empty, else stdin up to its
/// end without one line break at the end; on a terminal one line, asked for and not shown. At most
/// 4,096 bytes. Never from an argument, which other users of the machine could see.
Result<Secret> ReadSecretAccessKey();

}  // namespace sigvet
