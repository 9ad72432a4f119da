#include "reports/console_table.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "reports/console_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::size_t kHeadingColumns = 20;

struct Cell {
  std::string text;
  bool failed = false;
};

/// A column: the heading, a cell a suite, and last the total.
struct Column {
  std::string heading;
  std::vector<Cell> cells;
  std::size_t width = 0;
};

Cell CellOf(const Tally& tally) {
  const std::uint32_t ran = tally.passed + tally.failed;
  if (ran == 0) return {"-"};
  Cell cell = {std::to_string(tally.passed), tally.failed > 0};
  if (cell.failed) cell.text = "!" + cell.text + "/" + std::to_string(ran);
  if (tally.skipped > 0) cell.text += " " + std::to_string(tally.skipped) + "s";
  return cell;
}

void SetWidth(Column& column) {
  column.width = Columns(column.heading);
  for (const Cell& cell : column.cells) {
    column.width = std::max(column.width, Columns(cell.text));
  }
}

/// The suites in which somebody ran a case, and those in which nobody did.
struct SuiteChoice {
  std::vector<std::size_t> shown;
  std::vector<std::size_t> left_out;
};

SuiteChoice ChooseSuites(const RunReport& report, std::span<const Tally> tallies) {
  SuiteChoice choice;
  const std::size_t subjects = report.subjects.size();
  for (std::size_t suite = 0; suite < report.suites.size(); ++suite) {
    const bool ran =
        std::ranges::any_of(tallies.subspan(suite * subjects, subjects),
                            [](const Tally& tally) { return tally.passed + tally.failed > 0; });
    (ran ? choice.shown : choice.left_out).push_back(suite);
  }
  return choice;
}

Column CasesColumn(const RunReport& report, std::span<const std::size_t> suites) {
  Column column = {"cases", {}, 0};
  const std::vector<std::uint32_t> counts = CountCases(report);
  for (const std::size_t suite : suites) column.cells.push_back({std::to_string(counts[suite])});
  column.cells.push_back({std::to_string(report.cases.size())});
  SetWidth(column);
  return column;
}

std::vector<Column> SubjectColumns(const RunReport& report, std::span<const Tally> tallies,
                                   std::span<const std::size_t> suites) {
  std::vector<Column> columns;
  for (std::size_t j = 0; j < report.subjects.size(); ++j) {
    if (!report.subjects[j].unavailable_because.empty()) continue;
    Column column = {ShortenMiddle(Visible(report.subjects[j].id), kHeadingColumns), {}, 0};
    for (const std::size_t suite : suites) {
      column.cells.push_back(CellOf(tallies[suite * report.subjects.size() + j]));
    }
    Tally total;
    for (std::size_t suite = 0; suite < report.suites.size(); ++suite) {
      total += tallies[suite * report.subjects.size() + j];
    }
    column.cells.push_back(CellOf(total));
    SetWidth(column);
    columns.push_back(std::move(column));
  }
  return columns;
}

/// The names of the suites, shortened to two fifths of the line where the columns would not all fit
/// beside them.
Column SuiteColumn(const RunReport& report, std::span<const std::size_t> shown,
                   std::span<const Column> others, std::size_t width) {
  Column column = {"suite", {}, 0};
  for (const std::size_t suite : shown) column.cells.push_back({Visible(report.suites[suite])});
  column.cells.push_back({"total"});
  SetWidth(column);
  std::size_t needed = 0;
  for (const Column& other : others) needed += kGap.size() + other.width;
  const std::size_t left = width > needed ? width - needed : 0;
  const std::size_t limit = std::max<std::size_t>({left, width * 2 / 5, 12});
  for (Cell& cell : column.cells) cell.text = ShortenMiddle(cell.text, limit);
  SetWidth(column);
  return column;
}

/// How many of `columns` fit into `width`; at least one.
std::size_t FittingColumns(std::span<const Column> columns, std::size_t width) {
  std::size_t count = 0;
  std::size_t used = 0;
  for (const Column& column : columns) {
    used += kGap.size() + column.width;
    if (used > width && count > 0) break;
    ++count;
  }
  return count;
}

std::string RenderBlock(const Column& suites, const Column& cases, std::span<const Column> columns,
                        bool color) {
  std::string heading = PadRight(suites.heading, suites.width);
  heading.append(kGap).append(PadLeft(cases.heading, cases.width));
  for (const Column& column : columns) {
    heading.append(kGap).append(PadLeft(column.heading, column.width));
  }
  std::string text = Paint(heading, Color::kBold, color) + "\n";
  for (std::size_t row = 0; row < suites.cells.size(); ++row) {
    text += PadRight(suites.cells[row].text, suites.width);
    text.append(kGap).append(PadLeft(cases.cells[row].text, cases.width));
    for (const Column& column : columns) {
      const Cell& cell = column.cells[row];
      text.append(kGap).append(
          Paint(PadLeft(cell.text, column.width), Color::kRed, color && cell.failed));
    }
    text += "\n";
  }
  return text;
}

std::string Legend(std::span<const Column> columns, std::size_t width) {
  bool failed = false;
  bool some_skipped = false;
  bool all_skipped = false;
  for (const Column& column : columns) {
    for (const Cell& cell : column.cells) {
      failed = failed || cell.failed;
      some_skipped = some_skipped || cell.text.ends_with('s');
      all_skipped = all_skipped || cell.text == "-";
    }
  }
  std::string legend;
  const auto add = [&](std::string_view text) {
    legend.append(legend.empty() ? "" : "; ").append(text);
  };
  if (failed) add("!passed/run: some failed");
  if (some_skipped) add("Ns: N skipped");
  if (all_skipped) add("-: all skipped");
  return legend.empty() ? "" : Wrap("", "(" + legend + ")", width);
}

/// That the table has not all suites.
std::string LeftOutLine(const RunReport& report, std::span<const std::size_t> suites,
                        std::size_t width) {
  if (suites.empty()) return "";
  const std::vector<std::uint32_t> counts = CountCases(report);
  std::size_t cases = 0;
  std::string names;
  for (const std::size_t suite : suites) {
    cases += counts[suite];
    names.append(names.empty() ? "" : ", ").append(Visible(report.suites[suite]));
  }
  const bool one = suites.size() == 1;
  const std::string text = std::to_string(suites.size()) + (one ? " suite is" : " suites are") +
                           " not shown, for nothing ran of " + (one ? "its " : "their ") +
                           std::to_string(cases) + (cases == 1 ? " case: " : " cases: ");
  return Wrap("", "(" + text + names + ")", width);
}

}  // namespace

std::string RenderTable(const RunReport& report, const ConsoleStyle& style) {
  const std::vector<Tally> tallies = TallySuites(report);
  const SuiteChoice choice = ChooseSuites(report, tallies);
  std::string left_out = LeftOutLine(report, choice.left_out, style.width);
  if (choice.shown.empty()) return left_out;
  const Column cases = CasesColumn(report, choice.shown);
  std::vector<Column> columns = SubjectColumns(report, tallies, choice.shown);

  columns.insert(columns.begin(), cases);
  const Column suites = SuiteColumn(report, choice.shown, columns, style.width);
  std::span<const Column> rest = std::span(columns).subspan(1);
  const std::size_t taken = suites.width + kGap.size() + cases.width;
  const std::size_t width = style.width > taken ? style.width - taken : 0;
  std::string text;
  while (!rest.empty()) {
    const std::size_t count = FittingColumns(rest, width);
    if (!text.empty()) text += "\n";
    text += RenderBlock(suites, cases, rest.first(count), style.color);
    rest = rest.subspan(count);
  }
  return text + Legend(columns, style.width) + left_out;
}

}  // namespace sigvet
