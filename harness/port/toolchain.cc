#include "harness/port/toolchain.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "harness/port/find_program.h"
#include "harness/port/run_command.h"

namespace sigvet {
namespace {

constexpr std::chrono::milliseconds kVersionLimit{10'000};
/// How many of them run at the same time: a folder may hold more ports than a program descriptors.
constexpr std::size_t kMaxAtOnce = 16;
/// What of a version is shown.
constexpr std::size_t kMaxVersionBytes = 200;
constexpr const char* kPassedAlways[] = {"PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME"};

/// Variables by name, in their order.
class Environment {
 public:
  void Set(std::string_view name, std::string_view value) {
    const std::string begin = std::string(name) + "=";
    std::erase_if(variables_,
                  [&](const std::string& variable) { return variable.starts_with(begin); });
    variables_.push_back(begin + std::string(value));
  }

  /// As the caller has it, if so.
  void Pass(const std::string& name) {
    const char* const value = std::getenv(name.c_str());
    if (value != nullptr) Set(name, value);
  }

  std::vector<std::string> Take() { return std::move(variables_); }

 private:
  std::vector<std::string> variables_;
};

/// The first line that says something, stripped.
std::string FirstLine(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == text.npos) return {};
  std::string_view line = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
  line = line.substr(0, line.find_last_not_of(kBlanks) + 1);
  return Visible(line.substr(0, kMaxVersionBytes));
}

std::string VersionOf(const CommandOutcome& outcome) {
  if (!outcome.Succeeded()) return {};
  std::string version = FirstLine(outcome.output_begin);
  return version.empty() ? FirstLine(outcome.stderr_tail) : version;
}

void Join(std::string& list, std::string_view separator, std::string_view item) {
  if (!list.empty()) list += separator;
  list += item;
}

}  // namespace

std::vector<std::string> PortEnvironment(const PortManifest& manifest) {
  Environment environment;
  for (const char* const name : kPassedAlways) environment.Pass(name);
  environment.Set("LC_ALL", "C.UTF-8");
  environment.Set("TZ", "UTC");
  for (const std::string& name : manifest.passed_environment) {
    // The parser refuses these too; that none reaches a port must not hang on it.
    if (!name.starts_with("AWS_")) environment.Pass(name);
  }
  for (const auto& [name, value] : manifest.environment) environment.Set(name, value);
  return environment.Take();
}

std::string MissingToolchain(const PortManifest& manifest) {
  const char* const path = std::getenv("PATH");
  std::string programs;
  std::string packages;
  std::string elsewhere;
  std::vector<std::string_view> listed;
  for (const PortManifest::Need& need : manifest.needs) {
    if (FindProgram(need.program, path == nullptr ? "" : path, manifest.folder)) continue;
    if (need.package.empty()) {
      Join(elsewhere, ", ", need.program + " (" + need.note + ")");
      continue;
    }
    Join(programs, ", ", need.program);
    if (std::ranges::find(listed, need.package) != listed.end()) continue;
    listed.push_back(need.package);
    Join(packages, " ", need.package);
  }
  std::string missing;
  if (!programs.empty()) missing = programs + " (Debian: apt-get install " + packages + ")";
  if (!elsewhere.empty()) Join(missing, ", ", elsewhere);
  return missing.empty() ? missing : "needs " + missing;
}

std::string ToolchainVersion(const PortManifest& manifest) {
  return ToolchainVersions({&manifest, 1}).front();
}

std::vector<std::string> ToolchainVersions(std::span<const PortManifest> manifests,
                                           const std::atomic<bool>* interrupted) {
  std::vector<Command> commands;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < manifests.size(); ++i) {
    const PortManifest& manifest = manifests[i];
    if (manifest.version_command.empty()) continue;
    commands.push_back(
        {{manifest.version_command, manifest.folder, PortEnvironment(manifest)}, kVersionLimit});
    indices.push_back(i);
  }
  std::vector<std::string> versions(manifests.size());
  const std::span<const Command> all = commands;
  for (std::size_t begin = 0; begin < all.size(); begin += kMaxAtOnce) {
    const auto some = all.subspan(begin, std::min(kMaxAtOnce, all.size() - begin));
    const std::vector<CommandOutcome> outcomes = RunCommands(some, interrupted);
    for (std::size_t i = 0; i < some.size(); ++i) {
      versions[indices[begin + i]] = VersionOf(outcomes[i]);
    }
  }
  return versions;
}

}  // namespace sigvet
