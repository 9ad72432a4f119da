#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// The largest file that is read, in bytes: some eight million results.
inline constexpr std::size_t kMaxReportJsonBytes = std::size_t{2} << 30;

/// The inverse of RenderJson; `file` is for errors alone. Members that docs/json-report.md does not
/// know are left aside. What is missing or of another type is an error that names the item, and so
/// is what stands in another order: what an item names must come before it, and results stand by
/// case, then by subject. What is read one item at a time is not held: beside `text` it takes the
/// memory of the report. Pure and thread-safe.
Result<RunReport> ReadReportJson(std::string_view text, std::string_view file);

}  // namespace sigvet
