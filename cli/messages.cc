#include "cli/messages.h"

#include <cerrno>
#include <cstring>
#include <string>

#include "base/utf8.h"
#include "cli/secret_input.h"

namespace sigvet {
namespace {

void PrintLine(std::string_view text) {
  std::string line = WithoutSecrets(text);
  line += "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

void PrintError(const Error& error) { PrintLine("sigvet: " + Printable(ToString(error))); }

ExitCode Explain(const Error& error, ExitCode exit_code) {
  PrintError(error);
  return exit_code;
}

void PrintWarning(std::string_view message) { PrintLine("sigvet: warning: " + Printable(message)); }

bool PrintTo(std::FILE* stream, std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
  if (written && std::fflush(stream) == 0) return true;
  PrintError({"can't write the output: " + std::string(std::strerror(errno))});
  return false;
}

std::string Count(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

ExitCode PrintOutput(std::string_view text) {
  return PrintTo(stdout, text) ? kExitOk : kExitInternal;
}

}  // namespace sigvet
