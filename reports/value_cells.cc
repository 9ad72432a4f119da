#include "reports/value_cells.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

/// A value is long that takes more columns; of it the columns shown, and the characters among them
/// before the first difference.
constexpr std::size_t kLongColumns = 300;
constexpr std::size_t kWindowColumns = 240;
constexpr std::size_t kContextCharacters = 20;

using CharacterList = std::vector<std::string_view>;
using LineList = std::vector<std::string_view>;

/// Characters `begin` to `end` of a value differ.
struct Differing {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool IsLong(std::string_view value) {
  return value.size() > kLongColumns || Columns(Visible(value)) > kLongColumns;
}

/// The cells of `value`; where it is long, from character `first` on.
std::vector<ValueCell> MakeCells(std::string_view value, const CharacterList& characters,
                                 const Differing* differing, std::size_t first) {
  std::vector<ValueCell> cells;
  if (first > 0) cells.push_back({"...", false});
  const bool is_long = IsLong(value);
  std::size_t columns = 0;
  std::size_t i = first;
  for (; i < characters.size() && (!is_long || columns < kWindowColumns); ++i) {
    if (differing != nullptr && i == differing->begin && i == differing->end) {
      cells.push_back({"", true});
    }
    const bool inner_blank = characters[i] == " " && i > 0 && i + 1 < characters.size();
    const bool differs = differing != nullptr && i >= differing->begin && i < differing->end;
    cells.push_back({inner_blank ? " " : Visible(characters[i]), differs});
    columns += Columns(cells.back().text);
  }
  const bool gap_at_end = differing != nullptr && differing->begin == characters.size();
  if (gap_at_end && i == characters.size()) cells.push_back({"", true});
  if (!is_long) return cells;
  const std::string count = std::to_string(value.size()) + " bytes)";
  cells.push_back({(i < characters.size() ? "... (" : " (") + count, false});
  return cells;
}

/// In words, where the values differ only in how they end.
std::string_view NoteOnEnds(std::string_view expected, std::string_view actual) {
  const auto adds = [](std::string_view longer, std::string_view shorter, std::string_view end) {
    return longer.size() == shorter.size() + end.size() && longer.starts_with(shorter) &&
           longer.ends_with(end);
  };
  for (const std::string_view end : {"\n", "\r\n"}) {
    if (adds(actual, expected, end)) return "the actual value has a trailing newline too many";
    if (adds(expected, actual, end)) return "the actual value lacks the trailing newline";
  }
  return {};
}

/// Whether `value` is text of several lines, not counting an empty one at the end.
bool HasLines(std::string_view value) {
  const std::size_t newline = value.find('\n');
  return newline != value.npos && newline + 1 < value.size() && IsUtf8(value);
}

/// A newline at the end is followed by an empty line.
LineList SplitLines(std::string_view text) {
  LineList lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::vector<ValueLine> CompareLine(std::string_view expected, std::string_view actual) {
  if (expected.empty() || actual.empty()) {
    return {DescribeValue("expected", expected), DescribeValue("actual", actual)};
  }
  const CharacterList wanted = Characters(expected);
  const CharacterList given = Characters(actual);
  const std::size_t shorter = std::min(wanted.size(), given.size());
  std::size_t prefix = 0;
  while (prefix < shorter && wanted[prefix] == given[prefix]) ++prefix;
  std::size_t suffix = 0;
  while (suffix < shorter - prefix &&
         wanted[wanted.size() - 1 - suffix] == given[given.size() - 1 - suffix]) {
    ++suffix;
  }
  const bool equal = prefix == wanted.size() && prefix == given.size();
  const bool cut = (IsLong(expected) || IsLong(actual)) && prefix > kContextCharacters;
  const std::size_t first = cut ? prefix - kContextCharacters : 0;
  const auto cells = [&](std::string_view value, const CharacterList& characters) {
    const Differing differing = {prefix, characters.size() - suffix};
    return MakeCells(value, characters, equal ? nullptr : &differing, first);
  };
  return {{"expected", cells(expected, wanted)}, {"actual", cells(actual, given)}};
}

/// Whether `longer` is `shorter` with a line more in it at `index`, the first that differs, as far
/// as the next line tells.
bool HasLineMore(const LineList& longer, const LineList& shorter, std::size_t index) {
  if (longer.size() <= shorter.size()) return false;
  if (index == shorter.size()) return true;
  return index + 1 < longer.size() && longer[index + 1] == shorter[index];
}

/// Which line it is that differs, and how many there are.
std::string LineNumber(std::size_t index, std::size_t expected_count, std::size_t actual_count) {
  const std::string number = std::to_string(index + 1);
  if (expected_count == actual_count) return number + " of " + std::to_string(expected_count);
  return number + " (expected are " + std::to_string(expected_count) + " lines, actual " +
         std::to_string(actual_count) + ")";
}

/// The first line that differs; the values are not equal.
std::vector<ValueLine> CompareLines(std::string_view expected, std::string_view actual) {
  const LineList wanted = SplitLines(expected);
  const LineList given = SplitLines(actual);
  const auto [wanted_end, given_end] = std::ranges::mismatch(wanted, given);
  const auto index = static_cast<std::size_t>(wanted_end - wanted.begin());
  std::vector<ValueLine> lines = {{"line", {}, LineNumber(index, wanted.size(), given.size())}};
  if (HasLineMore(wanted, given, index)) {
    lines.push_back(DescribeValue("expected", wanted[index]));
    lines.push_back({"actual", {}, "(this line is missing)"});
  } else if (HasLineMore(given, wanted, index)) {
    lines.push_back({"expected", {}, "(no such line)"});
    lines.push_back(DescribeValue("actual", given[index]));
  } else {
    for (ValueLine& line : CompareLine(wanted[index], given[index])) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace

std::vector<ValueLine> CompareValues(std::string_view expected, std::string_view actual) {
  const bool by_line = expected != actual && HasLines(expected) && HasLines(actual);
  std::vector<ValueLine> lines =
      by_line ? CompareLines(expected, actual) : CompareLine(expected, actual);
  const std::string_view note = NoteOnEnds(expected, actual);
  if (!note.empty() && !expected.empty() && !actual.empty()) {
    lines.push_back({"note", {}, std::string(note)});
  }
  return lines;
}

ValueLine DescribeValue(std::string_view label, std::string_view value) {
  if (value.empty()) return {label, {}, "(empty)"};
  return {label, MakeCells(value, Characters(value), nullptr, 0)};
}

}  // namespace sigvet
