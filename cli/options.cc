#include "cli/options.h"

#include <algorithm>
#include <thread>

namespace sigvet {
CLI::Option* AddRepeatable(CLI::App& command, const std::string& name,
                           std::vector<std::string>& values, const std::string& value_name,
                           const std::string& description) {
  return command.add_option(name, values, description)
      ->type_name(value_name)
      ->allow_extra_args(false);
}

unsigned DefaultJobs() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace sigvet
