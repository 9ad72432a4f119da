#include "harness/port/prepare_port.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "harness/port/build_stamp.h"
#include "harness/port/descriptor.h"
#include "harness/port/placeholder.h"
#include "harness/port/run_command.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

/// How often it is looked whether another program is done with the same build.
constexpr milliseconds kLockInterval{50};

Error CantBuild(const PortManifest& manifest, std::string why, std::string hint = {}) {
  return {"can't be built: " + std::move(why), {manifest.file}, std::move(hint)};
}

Error Interrupted(const PortManifest& manifest) {
  return {"the build was interrupted", {manifest.file}};
}

bool IsSet(const std::atomic<bool>* interrupted) { return interrupted != nullptr && *interrupted; }

/// Locks `file` for this program; waits while another one has it. No error and no lock where that
/// is interrupted.
std::error_code Lock(const std::string& file, const std::atomic<bool>* interrupted,
                     Descriptor& lock) {
  constexpr mode_t kOwnersOnly = 0600;
  lock.Reset(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kOwnersOnly));
  if (lock.get() < 0) return {errno, std::generic_category()};
  while (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return {errno, std::generic_category()};
    if (IsSet(interrupted)) break;
    std::this_thread::sleep_for(kLockInterval);
  }
  return {};
}

/// The last lines of what a build has written, in one.
std::string LastLines(const CommandOutcome& outcome) {
  constexpr std::size_t kMaxLines = 10;
  constexpr std::size_t kMaxLineBytes = 200;
  std::string text = outcome.output_end;
  text.append("\n").append(outcome.stderr_tail);
  std::vector<std::string> lines;
  std::string_view rest = text;
  while (!rest.empty() && lines.size() < kMaxLines) {
    const std::size_t line_break = rest.find_last_of("\r\n");
    const std::size_t begin = line_break == rest.npos ? 0 : line_break + 1;
    const std::string_view line = rest.substr(begin);
    if (line.find_first_not_of(" \t") != line.npos) {
      lines.push_back(Printable(line.substr(0, kMaxLineBytes)));
    }
    rest = rest.substr(0, line_break == rest.npos ? 0 : line_break);
  }
  std::string joined;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    joined += (joined.empty() ? "" : " | ") + *line;
  }
  return joined;
}

/// Makes the folder anew.
std::error_code Empty(const std::string& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (!error) fs::create_directory(folder, error);
  return error;
}

/// Runs the build command; no message where that went well.
Error RunBuild(const PortManifest& manifest, const std::string& folder,
               const std::atomic<bool>* interrupted) {
  Command command = {{{}, manifest.folder, PortEnvironment(manifest)}, manifest.limits.build};
  for (const std::string& argument : manifest.build_command) {
    command.process.arguments.push_back(
        FillPlaceholders(argument, [&](std::string_view) -> std::string_view { return folder; }));
  }
  const CommandOutcome outcome = RunCommands({&command, 1}, interrupted).front();
  const std::string& program = manifest.build_command.front();
  switch (outcome.end) {
    case CommandOutcome::End::kNotStarted:
      return CantBuild(manifest, outcome.error.message, outcome.error.hint);
    case CommandOutcome::End::kInterrupted:
      return Interrupted(manifest);
    case CommandOutcome::End::kTimeout:
      return CantBuild(
          manifest,
          program + " took longer than " + std::to_string(manifest.limits.build.count()) + " ms",
          "limits: {build_ms: N} gives it more");
    case CommandOutcome::End::kExited:
      break;
  }
  if (outcome.Succeeded()) return {};
  return CantBuild(manifest, program + ": " + ToString(outcome.status), LastLines(outcome));
}

/// Builds in `folder`, whose lock is held, if need be; no message where that went well.
Error BuildIn(const std::string& folder, const PortManifest& manifest,
              std::string_view toolchain_version, const std::atomic<bool>* interrupted) {
  const Result<std::string> key = BuildKey(manifest, toolchain_version);
  if (!key) return key.error();
  if (ReadBuildStamp(folder) == *key) return {};
  if (const std::error_code error = Empty(folder)) {
    return CantBuild(manifest, folder + " can't be emptied: " + error.message());
  }
  Error error = RunBuild(manifest, folder, interrupted);
  if (error.message.empty() && !WriteBuildStamp(folder, *key)) {
    error = CantBuild(manifest, folder + " can't be written to");
  }
  return error;
}

}  // namespace

Result<std::string> BuildFolder(const PortManifest& manifest) {
  const char* const home = std::getenv("HOME");
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  fs::path folder = cache == nullptr ? "" : cache;
  // The XDG base directory specification has relative paths ignored.
  if (!folder.is_absolute()) folder = home == nullptr ? "" : fs::path(home) / ".cache";
  if (!folder.is_absolute()) {
    return CantBuild(manifest, "there is no folder to build in", "set HOME or XDG_CACHE_HOME");
  }
  return (folder / "sigvet" / "ports" / (manifest.id + "-" + ShortDigest(manifest.folder)))
      .string();
}

bool IsBuilt(const PortManifest& manifest, const std::string& build_folder,
             const std::optional<std::string>& toolchain_version) {
  if (manifest.build_command.empty()) return true;
  const std::string stamp = ReadBuildStamp(build_folder);
  if (stamp.empty()) return false;
  const Result<std::string> key =
      BuildKey(manifest, toolchain_version ? *toolchain_version : ToolchainVersion(manifest));
  return key.ok() && *key == stamp;
}

Result<Port> BuildPort(PortManifest manifest, const std::atomic<bool>* interrupted,
                       std::optional<std::string> toolchain_version) {
  if (manifest.build_command.empty()) return Port{std::move(manifest)};
  Result<std::string> folder = BuildFolder(manifest);
  if (!folder) return folder.error();
  if (!toolchain_version) toolchain_version = ToolchainVersion(manifest);
  std::error_code error;
  fs::create_directories(fs::path(*folder).parent_path(), error);
  Descriptor lock;
  if (!error) error = Lock(*folder + ".lock", interrupted, lock);
  if (error) return CantBuild(manifest, *folder + ": " + error.message());
  if (IsSet(interrupted)) return Interrupted(manifest);
  Error failure = BuildIn(*folder, manifest, *toolchain_version, interrupted);
  if (!failure.message.empty()) return failure;
  return Port{std::move(manifest), *std::move(folder)};
}

}  // namespace sigvet
