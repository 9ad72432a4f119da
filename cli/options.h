#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace sigvet {

/// Adds an option that takes one value and may be given again.
CLI::Option* AddRepeatable(CLI::App& command, const std::string& name,
                           std::vector<std::string>& values, const std::string& value_name,
                           const std::string& description);

/// Adds an option that takes one value and may be given once.
template <typename T>
CLI::Option* AddOption(CLI::App& command, const std::string& name, T& value,
                       const std::string& value_name, const std::string& description) {
  return command.add_option(name, value, description)->type_name(value_name);
}

/// `word` as a POSIX shell reads it back.
std::string ShellQuoted(const std::string& word);

/// The option as it was given: `--corpus a.yaml --corpus 'b c.yaml'`.
std::string RepeatOptions(const std::string& name, const std::vector<std::string>& values);

}  // namespace sigvet
