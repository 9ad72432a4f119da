#include "harness/port/find_program.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace sigvet {
namespace {

namespace fs = std::filesystem;

bool IsFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

Error NotExecutable(const fs::path& path) {
  return {path.string() + " is not executable", {}, "chmod +x makes it so"};
}

}  // namespace

Result<std::string> FindProgram(const std::string& program, std::string_view path,
                                const std::string& folder) {
  if (program.find('/') != program.npos) {
    const fs::path file = fs::path(folder) / program;
    if (!IsFile(file)) return Error{"there is no program " + file.string()};
    if (access(file.c_str(), X_OK) != 0) return NotExecutable(file);
    return file.string();
  }
  fs::path not_executable;
  while (!program.empty() && !path.empty()) {
    const std::string_view part = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    const fs::path file = fs::path(folder) / part / program;
    if (!IsFile(file)) continue;
    if (access(file.c_str(), X_OK) == 0) return file.string();
    if (not_executable.empty()) not_executable = file;
  }
  if (!not_executable.empty()) return NotExecutable(not_executable);
  return Error{"there is no program " + program + " in PATH"};
}

}  // namespace sigvet
