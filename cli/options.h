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

/// As many threads as the machine has processors.
unsigned DefaultJobs();

}  // namespace sigvet
