#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace sigvet {

/// All of a file, a pipe, or stdin (`-`). More than `most_bytes` is an error; so is stdin where it
/// is a terminal, which would wait for somebody to type.
Result<std::string> ReadInput(const std::string& path, std::size_t most_bytes);

/// What messages call the input; a path that looks like a secret is not repeated.
std::string InputName(const std::string& path);

}  // namespace sigvet
