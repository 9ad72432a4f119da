#pragma once

#include <span>
#include <string>

#include "harness/run/run_report.h"

namespace sigvet {

/// Adds a problem for every operation in `required_operations` that no selected case has, or of
/// which an available subject ran no case; and one where no subject ran any case. In a shard only
/// those that are sure to be problems of the whole run.
void AddWhatDidNotRun(std::span<const std::string> required_operations, RunReport& report);

/// Whether `problem` is one that AddWhatDidNotRun adds.
bool IsWhatDidNotRun(const Error& problem);

}  // namespace sigvet
