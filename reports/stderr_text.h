#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sigvet {

/// The lines of what a port wrote to standard error, the last `most` of them, for a person:
/// Printable, tabs as blanks, without the lines' ends and without empty lines at the end.
std::vector<std::string> StderrLines(std::string_view tail, std::size_t most);

}  // namespace sigvet
