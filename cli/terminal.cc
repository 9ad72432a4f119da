#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace sigvet {
namespace {

constexpr std::size_t kLeastWidth = 40;
constexpr std::size_t kMostWidth = 1000;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The first that is set and not empty counts (POSIX, chapter 8 of the Base Definitions).
bool IsUtf8Locale() {
  std::string locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (locale.empty()) locale = ToLowerAscii(Environment(name));
  }
  return locale.find("utf-8") != locale.npos || locale.find("utf8") != locale.npos;
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
  terminal.utf8 = IsUtf8Locale();
  terminal.width = FindWidth(descriptor);
  return terminal;
}

}  // namespace sigvet
