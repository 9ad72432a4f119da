#pragma once

#include <cstddef>
#include <string>

#include "harness/run/run_report.h"

namespace sigvet {

/// Appends a table of suites and subjects to `text`, folded where it is long, of as many suites as
/// leave `text` within `most_bytes`; says how many are left out.
void AppendMarkdownMatrix(const RunReport& report, std::size_t most_bytes, std::string& text);

}  // namespace sigvet
