#include "harness/corpus/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace sigvet {
namespace {

/// A file descriptor that is closed in the end.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Error CannotRead(const std::string& path, int error) {
  return {"can't be read: " + std::generic_category().message(error), {path}};
}

Error TooLong(const std::string& path, std::size_t max_bytes) {
  return {"longer than " + std::to_string(max_bytes >> 20) + " MiB",
          {path},
          max_bytes == kMaxFileBytes ? "split it into several files" : ""};
}

/// A file that is open; its size is a hint: files of /proc say 0, and a file may grow while it is
/// read.
struct OpenFile {
  std::unique_ptr<Descriptor> descriptor;
  std::size_t size;
};

Result<OpenFile> OpenRegularFile(const std::string& path, std::size_t max_bytes) {
  // Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
  auto file = std::make_unique<Descriptor>(
      open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat status = {};
  if (file->get() < 0 || fstat(file->get(), &status) != 0) return CannotRead(path, errno);
  if (S_ISDIR(status.st_mode)) return CannotRead(path, EISDIR);
  if (!S_ISREG(status.st_mode)) return Error{"not a regular file", {path}};
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > max_bytes) return TooLong(path, max_bytes);
  return OpenFile{std::move(file), size};
}

/// As read(), without the wake-ups that signals cause.
ssize_t ReadSome(const OpenFile& file, char* to, std::size_t bytes) {
  ssize_t count = 0;
  do {
    count = read(file.descriptor->get(), to, bytes);
  } while (count < 0 && errno == EINTR);
  return count;
}

}  // namespace

Result<std::string> ReadRegularFile(const std::string& path, std::size_t max_bytes) {
  const Result<OpenFile> file = OpenRegularFile(path, max_bytes);
  if (!file) return file.error();
  std::string text(file->size + 1, '\0');
  std::size_t size = 0;
  while (true) {
    const ssize_t count = ReadSome(*file, text.data() + size, text.size() - size);
    if (count < 0) return CannotRead(path, errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
    if (size > max_bytes) return TooLong(path, max_bytes);
    if (size == text.size()) text.resize(2 * size);
  }
  text.resize(size);
  return text;
}

std::optional<Error> ReadInPieces(const std::string& path, std::size_t piece_bytes,
                                  const std::function<void(std::string_view)>& take,
                                  std::size_t max_bytes) {
  const Result<OpenFile> file = OpenRegularFile(path, max_bytes);
  if (!file) return file.error();
  std::string piece(piece_bytes, '\0');
  std::size_t size = 0;
  while (true) {
    const ssize_t count = ReadSome(*file, piece.data(), piece.size());
    if (count < 0) return CannotRead(path, errno);
    if (count == 0) return std::nullopt;
    size += static_cast<std::size_t>(count);
    if (size > max_bytes) return TooLong(path, max_bytes);
    take({piece.data(), static_cast<std::size_t>(count)});
  }
}

}  // namespace sigvet
