#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/exit_code.h"

namespace sigvet {

/// `sigvet: ...` on stderr, one line, with nothing in it that a terminal would act on or that looks
/// like a secret: an argument that it repeats may be one.
void PrintError(const Error& error);

/// PrintError, then `exit_code`.
ExitCode Explain(const Error& error, ExitCode exit_code);

/// `sigvet: warning: ...` on stderr, written as an error is.
void PrintWarning(std::string_view message);

/// Writes `text`; false, after an error message, where that fails.
bool PrintTo(std::FILE* stream, std::string_view text);

/// As in "1 case" and "2 cases".
std::string Count(std::size_t count, std::string_view what);

/// Writes `text` on stdout: kExitOk, or kExitInternal after an error message.
ExitCode PrintOutput(std::string_view text);

}  // namespace sigvet
