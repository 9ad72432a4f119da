#include "cli/options.h"

#include <string_view>

namespace sigvet {
namespace {

constexpr std::string_view kNeedNoQuotes =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@+,";

}  // namespace

CLI::Option* AddRepeatable(CLI::App& command, const std::string& name,
                           std::vector<std::string>& values, const std::string& value_name,
                           const std::string& description) {
  return command.add_option(name, values, description)
      ->type_name(value_name + " ...")
      ->allow_extra_args(false);
}

std::string ShellQuoted(const std::string& word) {
  if (!word.empty() && word.find_first_not_of(kNeedNoQuotes) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string RepeatOptions(const std::string& name, const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) {
    if (!text.empty()) text += " ";
    text += name + " " + ShellQuoted(value);
  }
  return text;
}

}  // namespace sigvet
