#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_code.h"

namespace sigvet {

/// Parses the arguments, which calls the command that they name. What they get wrong is told in one
/// line with what would be right: kExitUsage. --help and --version are printed: kExitOk.
ExitCode ParseArguments(CLI::App& app, int argc, const char* const* argv);

}  // namespace sigvet
