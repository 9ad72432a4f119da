#pragma once

#include <cstdio>
#include <string_view>

#include "base/result.h"
#include "cli/exit_code.h"

namespace sigvet {

/// `sigvet: ...` on stderr, one line, with nothing in it that a terminal would act on.
void PrintError(const Error& error);

/// PrintError, then `exit_code`.
ExitCode Explain(const Error& error, ExitCode exit_code);

/// `sigvet: warning: ...` on stderr.
void PrintWarning(std::string_view message);

/// Writes `text`; false, after an error message, where that fails.
bool PrintTo(std::FILE* stream, std::string_view text);

/// Writes `text` on stdout: kExitOk, or kExitInternal after an error message.
ExitCode PrintOutput(std::string_view text);

}  // namespace sigvet
