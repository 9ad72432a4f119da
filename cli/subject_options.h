#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "harness/run/plan.h"

namespace sigvet {

/// Adds `--backend ID`, which may be repeated.
void AddBackendOption(CLI::App& command, std::vector<std::string>& ids);

/// The id of every backend that the source tree has.
std::vector<std::string> AllBackendIds();

/// The backends of these ids, each once, or all where there is none. One that is asked for by its
/// id and can't be had is an error; among all, it is planned with the reason why not. No backend at
/// all is an error.
Result<std::vector<PlannedSubject>> PlanBackends(std::span<const std::string> ids);

}  // namespace sigvet
