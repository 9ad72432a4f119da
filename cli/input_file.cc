#include "cli/input_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/utf8.h"
#include "cli/secret_input.h"

namespace sigvet {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20;
constexpr std::size_t kBlockBytes = std::size_t{64} << 10;

Error CannotRead(const std::string& path, int error) {
  return {"can't read " + InputName(path) + ": " + std::strerror(error)};
}

}  // namespace

std::string InputName(const std::string& path) {
  if (LooksLikeSecret(path)) return "the file given (not shown: it looks like a secret)";
  return path == "-" ? "stdin" : Visible(path);
}

Result<std::string> ReadInput(const std::string& path, std::size_t most_bytes) {
  const bool is_stdin = path == "-";
  if (is_stdin && isatty(STDIN_FILENO) == 1) {
    return Error{"stdin is a terminal", {}, "give a file, or pipe into it"};
  }
  const int descriptor = is_stdin ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return CannotRead(path, errno);
  std::string text;
  std::array<char, kBlockBytes> block;
  int error = 0;
  while (text.size() <= most_bytes) {
    const ssize_t count = read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) error = errno;
    if (count <= 0) break;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
  if (!is_stdin) close(descriptor);
  if (error != 0) return CannotRead(path, error);
  if (text.size() > most_bytes) {
    return Error{InputName(path) + " is longer than " + std::to_string(most_bytes / kMebibyte) +
                 " MiB"};
  }
  return text;
}

}  // namespace sigvet
