#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cli/complete.h"
#include "cli/complete_values.h"

namespace sigvet {

/// Cases as a tree, whose folders are the suites: what stands right below the folder that `begin`
/// names, up to its last slash. A folder ends with a slash and, where `with_folders`, stands there
/// without it too, as a pattern does. Cases are those of --corpus and --suite in `given`, else the
/// built-in ones, of which only the files of that folder are read.
std::vector<Candidate> CasesBelow(std::string_view begin, bool with_folders,
                                  std::span<const GivenValue> given);

}  // namespace sigvet
