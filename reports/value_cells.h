#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// What is shown of differing values, whatever shows it.

namespace sigvet {

/// Something to show, as a rule one character. One that differs and is empty marks a gap: the place
/// where the other value has something.
struct ValueCell {
  /// As Visible() writes it.
  std::string text;
  bool differs = false;
};

/// A line about values: the cells of one, or words.
struct ValueLine {
  /// "expected", "actual", "line" or "note".
  std::string_view label;
  std::vector<ValueCell> cells = {};
  /// Where there are no cells.
  std::string words = {};
};

/// An expected and an actual value of any bytes; what lies between their common beginning and their
/// common end differs. Of values that are longer than 300 columns the neighbourhood of the first
/// difference is there, and how many bytes there are. Of texts that both have several lines the
/// first line that differs, and its number.
std::vector<ValueLine> CompareValues(std::string_view expected, std::string_view actual);

/// One value by itself, in the same way: nothing differs. `label` must outlive the line.
ValueLine DescribeValue(std::string_view label, std::string_view value);

}  // namespace sigvet
