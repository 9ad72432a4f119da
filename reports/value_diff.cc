#include "reports/value_diff.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

constexpr std::size_t kLabelColumns = 10;
constexpr std::size_t kLongColumns = 300;
/// Of a long value: the columns shown, and the characters among them before the first difference.
constexpr std::size_t kWindowColumns = 240;
constexpr std::size_t kContextCharacters = 20;

using CharacterList = std::vector<std::string_view>;
using LineList = std::vector<std::string_view>;

/// Something to show, as a rule one character. One that differs and is empty marks a gap: the place
/// where the other value has something.
struct Cell {
  std::string text;
  bool differs = false;
};

/// Characters `begin` to `end` of a value differ.
struct Differing {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool IsLong(std::string_view value) {
  return value.size() > kLongColumns || Columns(Visible(value)) > kLongColumns;
}

/// The cells of `value`; where it is long, from character `first` on.
std::vector<Cell> MakeCells(std::string_view value, const CharacterList& characters,
                            const Differing* differing, std::size_t first) {
  std::vector<Cell> cells;
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

/// A line of cells and the line of marks beneath it, empty where nothing differs.
struct Row {
  std::string text;
  std::string marks;
};

/// The cells in rows of at most `columns`.
std::vector<Row> MakeRows(const std::vector<Cell>& cells, std::size_t columns, Color color,
                          bool colored) {
  std::vector<Row> rows(1);
  std::size_t used = 0;
  std::string run;  // the cells since the last change between marked and not
  bool run_differs = false;
  const auto end_run = [&] {
    rows.back().text += Paint(run, color, colored && run_differs);
    run.clear();
  };
  for (const Cell& cell : cells) {
    const std::size_t wide = Columns(cell.text);
    if (used + wide > columns && used > 0) {
      end_run();
      rows.emplace_back();
      used = 0;
    }
    if (cell.differs != run_differs) end_run();
    run_differs = cell.differs;
    run += cell.text;
    if (cell.differs) {
      std::string& marks = rows.back().marks;
      marks.resize(std::max(marks.size(), used), ' ');
      marks.resize(std::max(marks.size(), used + std::max<std::size_t>(wide, 1)), '^');
    }
    used += wide;
  }
  end_run();
  return rows;
}

/// One column is left for the mark of a gap at the end.
std::size_t TextColumns(const DiffStyle& style) {
  const std::size_t taken = style.indent + kLabelColumns + 1;
  return style.width > taken + 8 ? style.width - taken : 8;
}

std::string Line(std::string_view label, std::string_view text, const DiffStyle& style) {
  std::string line(style.indent, ' ');
  line.append(PadRight(label, kLabelColumns)).append(text);
  return line += "\n";
}

std::string Lines(std::string_view label, const std::vector<Row>& rows, const DiffStyle& style) {
  std::string lines;
  for (const Row& row : rows) {
    lines += Line(label, row.text, style);
    if (!row.marks.empty()) lines += Line("", row.marks, style);
    label = "";
  }
  return lines;
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

/// The values as one line each.
std::string DiffLine(std::string_view expected, std::string_view actual, const DiffStyle& style) {
  if (expected.empty() || actual.empty()) {
    return ShowValue("expected", expected, style) + ShowValue("actual", actual, style);
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
  const auto rows = [&](std::string_view value, const CharacterList& characters, Color color) {
    const Differing differing = {prefix, characters.size() - suffix};
    return MakeRows(MakeCells(value, characters, equal ? nullptr : &differing, first),
                    TextColumns(style), color, style.color);
  };
  const std::vector<Row> expected_rows = rows(expected, wanted, Color::kGreen);
  const std::vector<Row> actual_rows = rows(actual, given, Color::kRed);

  std::string lines;
  if (expected_rows.size() == 1 && actual_rows.size() == 1 && wanted.size() == given.size() &&
      expected_rows[0].marks == actual_rows[0].marks) {
    lines = Line("expected", expected_rows[0].text, style) + Lines("actual", actual_rows, style);
  } else {
    lines = Lines("expected", expected_rows, style) + Lines("actual", actual_rows, style);
  }
  return lines;
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
std::string DiffLines(std::string_view expected, std::string_view actual, const DiffStyle& style) {
  const LineList wanted = SplitLines(expected);
  const LineList given = SplitLines(actual);
  const auto [wanted_end, given_end] = std::ranges::mismatch(wanted, given);
  const auto index = static_cast<std::size_t>(wanted_end - wanted.begin());
  const std::string label = std::string(style.indent, ' ') + PadRight("line", kLabelColumns);
  const std::string lines =
      Wrap(label, LineNumber(index, wanted.size(), given.size()), style.width);
  if (HasLineMore(wanted, given, index)) {
    return lines + ShowValue("expected", wanted[index], style) +
           Line("actual", "(this line is missing)", style);
  }
  if (HasLineMore(given, wanted, index)) {
    return lines + Line("expected", "(no such line)", style) +
           ShowValue("actual", given[index], style);
  }
  return lines + DiffLine(wanted[index], given[index], style);
}

}  // namespace

std::string DiffValues(std::string_view expected, std::string_view actual, const DiffStyle& style) {
  const bool by_line = expected != actual && HasLines(expected) && HasLines(actual);
  std::string lines =
      by_line ? DiffLines(expected, actual, style) : DiffLine(expected, actual, style);
  const std::string_view note = NoteOnEnds(expected, actual);
  if (note.empty() || expected.empty() || actual.empty()) return lines;
  return lines +
         Wrap(std::string(style.indent, ' ') + PadRight("note", kLabelColumns), note, style.width);
}

std::string ShowValue(std::string_view label, std::string_view value, const DiffStyle& style) {
  if (value.empty()) return Line(label, "(empty)", style);
  const std::vector<Cell> cells = MakeCells(value, Characters(value), nullptr, 0);
  return Lines(label, MakeRows(cells, TextColumns(style), Color::kBold, false), style);
}

}  // namespace sigvet
