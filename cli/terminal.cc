#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace sigvet {
namespace {

constexpr std::size_t kLeastWidth = 40;
constexpr std::size_t kMostWidth = 1000;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::size_t FindWidth(int descriptor) {
  winsize size{};
  std::size_t width = 0;
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  if (width == 0) width = std::strtoul(Environment("COLUMNS").data(), nullptr, 10);
  return width >= kLeastWidth && width <= kMostWidth ? width : Terminal{}.width;
}

}  // namespace

Terminal DetectTerminal(std::FILE* stream) {
  const int descriptor = fileno(stream);
  Terminal terminal;
  terminal.interactive = isatty(descriptor) == 1 && Environment("TERM") != "dumb";
  terminal.color = terminal.interactive && Environment("NO_COLOR").empty();
  terminal.width = FindWidth(descriptor);
  return terminal;
}

}  // namespace sigvet
