#include "reports/value_diff.h"

#include <algorithm>
#include <vector>

#include "reports/console_text.h"
#include "reports/value_cells.h"

namespace sigvet {
namespace {

constexpr std::size_t kLabelColumns = 10;

/// A line of cells and the line of marks beneath it, empty where nothing differs.
struct Row {
  std::string text;
  std::string marks;
};

/// The cells in rows of at most `columns`.
std::vector<Row> MakeRows(const std::vector<ValueCell>& cells, std::size_t columns, Color color,
                          bool colored) {
  std::vector<Row> rows(1);
  std::size_t used = 0;
  std::string run;  // the cells since the last change between marked and not
  bool run_differs = false;
  const auto end_run = [&] {
    rows.back().text += Paint(run, color, colored && run_differs);
    run.clear();
  };
  for (const ValueCell& cell : cells) {
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

/// Whether marks beneath one of two lines tell all: the others are the same, beneath as many
/// characters.
bool HaveSameMarks(const ValueLine& a, const std::vector<Row>& rows_a, const ValueLine& b,
                   const std::vector<Row>& rows_b) {
  const auto has_gap = [](const ValueLine& line) {
    return std::ranges::any_of(line.cells, [](const ValueCell& cell) { return cell.text.empty(); });
  };
  return rows_a.size() == 1 && rows_b.size() == 1 && a.cells.size() == b.cells.size() &&
         !has_gap(a) && !has_gap(b) && rows_a[0].marks == rows_b[0].marks;
}

std::vector<Row> RowsOf(const ValueLine& line, const DiffStyle& style) {
  const Color color = line.label == "expected" ? Color::kGreen : Color::kRed;
  return MakeRows(line.cells, TextColumns(style), color, style.color);
}

}  // namespace

std::string DiffValues(std::string_view expected, std::string_view actual, const DiffStyle& style) {
  const std::vector<ValueLine> lines = CompareValues(expected, actual);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const ValueLine& line = lines[i];
    if (line.cells.empty()) {
      const std::string label =
          std::string(style.indent, ' ') + PadRight(line.label, kLabelColumns);
      text += Wrap(label, line.words, style.width);
      continue;
    }
    std::vector<Row> rows = RowsOf(line, style);
    if (line.label == "expected" && i + 1 < lines.size() && !lines[i + 1].cells.empty() &&
        HaveSameMarks(line, rows, lines[i + 1], RowsOf(lines[i + 1], style))) {
      rows[0].marks.clear();
    }
    text += Lines(line.label, rows, style);
  }
  return text;
}

std::string ShowValue(std::string_view label, std::string_view value, const DiffStyle& style) {
  const ValueLine line = DescribeValue(label, value);
  if (line.cells.empty()) return Line(label, line.words, style);
  return Lines(label, MakeRows(line.cells, TextColumns(style), Color::kBold, false), style);
}

}  // namespace sigvet
