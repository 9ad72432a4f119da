#include "cli/options.h"

namespace sigvet {
CLI::Option* AddRepeatable(CLI::App& command, const std::string& name,
                           std::vector<std::string>& values, const std::string& value_name,
                           const std::string& description) {
  return command.add_option(name, values, description)
      ->type_name(value_name)
      ->allow_extra_args(false);
}

}  // namespace sigvet
