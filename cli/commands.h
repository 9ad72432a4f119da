#pragma once

#include <CLI/CLI.hpp>
#include <span>

#include "cli/exit_code.h"

namespace sigvet {

// Each adds one command to `app`. Where the command was given, parsing calls it and stores how it
// ended in `exit_code`.

void AddRunCommand(CLI::App& app, ExitCode& exit_code);
void AddListCommand(CLI::App& app, ExitCode& exit_code);
void AddShowCommand(CLI::App& app, ExitCode& exit_code);
void AddCheckCorpusCommand(CLI::App& app, ExitCode& exit_code);
void AddCheckPortCommand(CLI::App& app, ExitCode& exit_code);
void AddPasswordCommand(CLI::App& app, ExitCode& exit_code);
void AddSignCommand(CLI::App& app, ExitCode& exit_code);
void AddVerifyCommand(CLI::App& app, ExitCode& exit_code);
void AddDiagnoseCommand(CLI::App& app, ExitCode& exit_code);
void AddDefectsCommand(CLI::App& app, ExitCode& exit_code);
void AddBenchCommand(CLI::App& app, ExitCode& exit_code);
void AddGateCommand(CLI::App& app, ExitCode& exit_code);
void AddReportCommand(CLI::App& app, ExitCode& exit_code);
void AddGenerateCommand(CLI::App& app, ExitCode& exit_code);
void AddMergeCommand(CLI::App& app, ExitCode& exit_code);
void AddDiffCommand(CLI::App& app, ExitCode& exit_code);

/// The hidden command that completions of shells ask. `arguments` are those of main.
void AddCompleteCommand(CLI::App& app, std::span<const char* const> arguments, ExitCode& exit_code);
inline constexpr const char* kCompleteCommand = "complete";

}  // namespace sigvet
