#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace sigvet {
namespace {

constexpr int kNone = -1;
constexpr mode_t kMode = 0666;  // what the umask leaves of it

Error SystemError(const std::string& path) {
  return {"can't write " + path + ": " + std::strerror(errno)};
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
  // A link stays a link: what it points to is replaced.
  std::error_code ignored;
  const std::string target = std::filesystem::weakly_canonical(path, ignored).string();
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor == kNone) return SystemError(path);
    return OutputFile(path, "", descriptor);
  }
  const std::string destination = target.empty() ? path : target;
  const std::string temporary = destination + ".part-" + std::to_string(getpid());
  const int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  if (descriptor == kNone) return SystemError(path);
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
