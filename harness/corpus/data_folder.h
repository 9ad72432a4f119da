#pragma once

#include <optional>
#include <string>

namespace sigvet {

/// The folder of files that come with this program as `name`, "ports" or "vectors": `name` in the
/// working directory, beside the source tree's build folder that the program lies in, or in
/// share/sigvet of its installation; the first that `is_right` says yes to. `program` is the path
/// of the program.
std::optional<std::string> FindDataFolder(const std::string& name,
                                          bool (*is_right)(const std::string& folder),
                                          const std::string& program = "/proc/self/exe");

}  // namespace sigvet
