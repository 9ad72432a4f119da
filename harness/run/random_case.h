#pragma once

#include <string>

#include "backends/backend.h"
#include "harness/corpus/case.h"
#include "harness/run/random_draws.h"

namespace sigvet {

/// A case as users have them: an SES password, a signing key, a whole request, a presigned URL, or
/// a primitive. Operation, inputs and `why` alone: what is expected is left to the caller. The
/// right implementation computes it. `decoder` decodes base64. Throws BackendError.
Case DrawCase(Draws& draws, Backend& decoder);

}  // namespace sigvet
