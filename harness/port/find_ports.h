#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigvet {

/// The folder of the ports that come with this program: `ports` in the working directory, beside
/// the source tree's build folder that the program lies in, or share/sigvet/ports of its
/// installation. `program` is the path of the program.
Result<std::string> PortsFolder(const std::string& program = "/proc/self/exe");

/// The port.yaml of every folder in `folder`, by name. An error where there is none.
Result<std::vector<std::string>> FindPorts(const std::string& folder);

/// The port.yaml of a port that is given by its id, or by the path of its folder or of the file. A
/// word without a slash that is no file here, and no folder with a port.yaml, is an id: the name of
/// a folder in PortsFolder(), or in its `samples`.
Result<std::string> FindPort(const std::string& id_or_path);

}  // namespace sigvet
