#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace sigvet {
namespace {

namespace fs = std::filesystem;

constexpr int kNone = -1;
constexpr mode_t kPermissions = 0777;

Error SystemError(const std::string& path) {
  return {"can't write " + (path == "-" ? "the output" : path) + ": " + std::strerror(errno)};
}

/// Where `path` leads to, absolute and without links: also where a link leads to nothing yet.
std::string Resolve(const std::string& path) {
  constexpr int kMostLinks = 40;  // as on Linux
  std::error_code ignored;
  fs::path end = fs::absolute(path, ignored);
  for (int i = 0; i < kMostLinks; ++i) {
    if (fs::exists(end, ignored) || !fs::is_symlink(end, ignored)) break;
    end = end.parent_path() / fs::read_symlink(end, ignored);
  }
  const fs::path resolved = fs::weakly_canonical(end, ignored);
  return resolved.empty() ? path : resolved.string();
}

/// The permissions that open() gives a new file. The only way to ask for the umask is to set it: no
/// other thread may open files meanwhile.
mode_t NewFilePermissions() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

Result<std::monostate> WriteAll(int descriptor, const std::string& path, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemError(path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return std::monostate{};
}

}  // namespace

Result<OutputFile> OutputFile::Open(const std::string& path) {
  if (path == "-") return OutputFile(path, "", STDOUT_FILENO);
  struct stat status {};
  const bool exists = stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) return SystemError(path);
  const std::string destination = Resolve(path);
  if (exists && !S_ISREG(status.st_mode)) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor == kNone) return SystemError(path);
    return OutputFile(destination, "", descriptor);
  }
  std::string temporary = destination + ".part-XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor == kNone) return SystemError(path);
  // Not an error: some file systems have no permissions.
  fchmod(descriptor, exists ? status.st_mode & kPermissions : NewFilePermissions());
  return OutputFile(destination, temporary, descriptor);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, kNone)) {}

OutputFile::~OutputFile() {
  if (descriptor_ > STDERR_FILENO) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

Result<std::monostate> OutputFile::Commit(std::string_view text) {
  auto written = WriteAll(descriptor_, path_, text);
  if (!written || temporary_.empty()) return written;
  const bool closed = fsync(descriptor_) == 0 && close(descriptor_) == 0;
  if (closed) descriptor_ = kNone;
  if (!closed || rename(temporary_.c_str(), path_.c_str()) != 0) return SystemError(path_);
  temporary_.clear();
  return std::monostate{};
}

}  // namespace sigvet
