#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sigvet {

/// The names of the placeholders in an argument of a port.yaml: `{name}`, letters, digits and
/// underscores. All other braces, and `${name}`, stand for themselves.
std::vector<std::string_view> PlaceholdersIn(std::string_view argument);

/// `argument` with what `value_of` gives in place of each placeholder. What comes in is not looked
/// at again.
std::string FillPlaceholders(std::string_view argument,
                             const std::function<std::string_view(std::string_view)>& value_of);

}  // namespace sigvet
