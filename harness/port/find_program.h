#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sigvet {

/// The file that `program` is when it is started in `folder`: looked up in the folders of `path`
/// (as in PATH) where it has no slash. An error, in words for its user, where there is none or it
/// is not executable.
Result<std::string> FindProgram(const std::string& program, std::string_view path,
                                const std::string& folder);

}  // namespace sigvet
