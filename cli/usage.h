#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_code.h"

namespace sigvet {

/// Parses the arguments, which calls the command that they name. What they get wrong is told in one
/// line with what would be right: kExitUsage. --help and --version are printed: kExitOk. A
/// CLI::RuntimeError of a callback has been told: its exit code.
ExitCode ParseArguments(CLI::App& app, int argc, const char* const* argv);

}  // namespace sigvet
