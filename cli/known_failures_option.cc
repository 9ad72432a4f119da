#include "cli/known_failures_option.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "cli/messages.h"

namespace sigvet {
namespace {

constexpr std::size_t kMostBytes = 16 << 20;

Result<std::string> ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  char buffer[4096];
  while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(file.gcount()));
    if (text.size() > kMostBytes) return Error{path + " is longer than 16 MiB"};
  }
  if (!file.eof()) return Error{"can't read " + path + ": " + std::strerror(errno)};
  return text;
}

}  // namespace

std::optional<std::vector<KnownFailure>> ReadKnownFailuresOrExplain(
    const std::vector<std::string>& paths) {
  ParsedKnownFailures all;
  for (const std::string& path : paths) {
    const Result<std::string> text = ReadText(path);
    if (!text) {
      all.errors.push_back(text.error());
      continue;
    }
    ParseKnownFailures(path, *text, all);
  }
  for (const Error& error : all.errors) PrintError(error);
  if (!all.errors.empty()) return std::nullopt;
  return std::move(all.known);
}

}  // namespace sigvet
