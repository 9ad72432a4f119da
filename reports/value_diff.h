#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sigvet {

/// How differing values are shown.
struct DiffStyle {
  bool color = false;
  /// Columns in a line.
  std::size_t width = 80;
  /// Blanks before every line.
  std::size_t indent = 0;
};

/// An expected and an actual value of any bytes, as Visible() writes them, with `^` beneath what
/// lies between their common beginning and their common end. Each line ends with a newline and is
/// at most `width` long where that is at least `indent` + 40. Of values that are longer than 300
/// columns the neighbourhood of the first difference is shown, and how many bytes there are. Of
/// texts that both have several lines the first line that differs is shown, and its number.
std::string DiffValues(std::string_view expected, std::string_view actual, const DiffStyle& style);

/// One value by itself, in the same way: `label` before it, nothing marked.
std::string ShowValue(std::string_view label, std::string_view value, const DiffStyle& style);

}  // namespace sigvet
