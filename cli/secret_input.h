#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace sigvet {

/// Keeps the memory of this process out of core dumps from here on.
void ForbidCoreDumps();

/// The secret access key: AWS_SECRET_ACCESS_KEY where it is set and not empty, else stdin up to its
/// end without one line break at the end; on a terminal one line, asked for and not shown. At most
/// 4,096 bytes. Never from an argument, which other users of the machine could see.
Result<Secret> ReadSecretAccessKey();

/// AWS_SECRET_ACCESS_KEY, at most 4,096 bytes; nullopt where it is not set or empty.
Result<std::optional<Secret>> SecretAccessKeyFromEnvironment();

/// What is odd about a secret, without a word of what it is; empty where nothing is.
std::string SecretSuspicion(std::string_view secret);

}  // namespace sigvet
