#include "reports/bench_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "base/utf8.h"
#include "reports/bench_numbers.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

constexpr std::string_view kIndent = "  ";
constexpr std::string_view kGap = "  ";
constexpr std::size_t kMostNameColumns = 24;
constexpr std::size_t kLeastNameColumns = 10;
constexpr std::size_t kMostBarColumns = 32;
constexpr std::size_t kLeastBarColumns = 6;
/// A reference whose name is longer would take the place of the bars.
constexpr std::size_t kMostReferenceColumns = 12;

/// As much of `columns` as `part` is of one, by eighths of a character where `utf8`.
std::string Bar(double part, std::size_t columns, bool utf8) {
  const double full = part * static_cast<double>(columns);
  if (!utf8) return std::string(static_cast<std::size_t>(std::max(1.0, std::round(full))), '#');
  static constexpr std::array<std::string_view, 8> kParts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto eighths = static_cast<std::size_t>(std::max(1.0, std::round(full * 8)));
  std::string bar;
  for (std::size_t i = 0; i < eighths / 8; ++i) bar += "█";
  return bar.append(kParts[eighths % 8]);
}

struct Column {
  std::string heading;
  std::vector<std::string> cells;

  std::size_t Width() const {
    std::size_t width = Columns(heading);
    for (const std::string& cell : cells) width = std::max(width, Columns(cell));
    return width;
  }
};

template <typename CellOf>
Column MakeColumn(std::string heading, std::span<const BenchRow> rows, const CellOf& cell_of) {
  Column column = {std::move(heading), {}};
  for (const BenchRow& row : rows) column.cells.push_back(cell_of(row));
  return column;
}

/// The numbers of the table, those that fit into `width` beside the shortest names.
std::vector<Column> NumberColumns(const BenchComparison& comparison, std::size_t width) {
  const std::vector<BenchRow>& rows = comparison.rows;
  // One unit for all, so that rows compare at a glance.
  const TimeUnit unit = UnitFor(rows.front().median);
  const int decimals = DecimalsFor(rows.front().median / unit.nanoseconds);
  const auto in_unit = [=](double time) { return Fixed(time / unit.nanoseconds, decimals); };

  std::vector<Column> columns = {
      MakeColumn(std::string(unit.name) + "/" + Visible(comparison.item), rows,
                 [&](const BenchRow& row) { return in_unit(row.median); })};
  std::size_t used = columns[0].Width();
  const auto add = [&](std::size_t at, Column column) {
    const std::size_t more = kGap.size() + column.Width();
    if (used + more > width) return;
    used += more;
    columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(at), std::move(column));
  };
  if (rows.size() > 1) {
    const bool is_short = Columns(comparison.reference) <= kMostReferenceColumns;
    add(1, MakeColumn("x " + (is_short ? Visible(comparison.reference) : "slowest"), rows,
                      [](const BenchRow& row) { return TimesAsFast(row.times); }));
  }
  const bool any_wide = std::ranges::any_of(rows, [](const BenchRow& row) { return IsWide(row); });
  add(1, MakeColumn("95 % interval", rows, [&](const BenchRow& row) {
        return in_unit(row.interval.low) + ".." + in_unit(row.interval.high) +
               std::string(IsWide(row) ? kWideMark
                           : any_wide  ? " "
                                       : "");
      }));
  if (comparison.item == "byte") {
    add(1, MakeColumn("MB/s", rows, [](const BenchRow& row) { return Throughput(row.median); }));
  }
  return columns;
}

}  // namespace

BenchTable RenderBenchTable(const BenchComparison& comparison, std::string_view title,
                            const ConsoleStyle& style) {
  const std::string id = Visible(comparison.workload);
  std::string text = Wrap("", title.empty() ? id : id + "  " + Printable(title), style.width);
  text.replace(0, id.size(), Paint(text.substr(0, id.size()), Color::kBold, style.color));
  const std::vector<BenchRow>& rows = comparison.rows;
  if (rows.empty()) return {text, false};

  const std::size_t fixed = kIndent.size() + kLeastNameColumns + kGap.size();
  const std::vector<Column> numbers =
      NumberColumns(comparison, style.width > fixed ? style.width - fixed : 0);
  std::size_t used = kIndent.size();
  for (const Column& column : numbers) used += kGap.size() + column.Width();
  const std::size_t most_name =
      std::clamp(style.width > used ? style.width - used : 0, kLeastNameColumns, kMostNameColumns);
  const Column names = MakeColumn("backend", rows, [=](const BenchRow& row) {
    return ShortenMiddle(Visible(row.contender) + (IsNaive(row.contender) ? "*" : ""), most_name);
  });
  used += names.Width() + kGap.size();
  const std::size_t bar_columns =
      std::min(style.width > used ? style.width - used : 0, kMostBarColumns);
  const bool has_bars =
      rows.size() > 1 && rows.front().times > 0 && bar_columns >= kLeastBarColumns;

  text.append(kIndent).append(PadRight(names.heading, names.Width()));
  for (const Column& column : numbers) {
    text.append(kGap).append(PadLeft(column.heading, column.Width()));
  }
  text += "\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool wins = style.color && i == 0 && rows.size() > 1;
    text.append(kIndent).append(
        Paint(PadRight(names.cells[i], names.Width()), Color::kGreen, wins));
    for (const Column& column : numbers) {
      text.append(kGap).append(PadLeft(column.cells[i], column.Width()));
    }
    if (has_bars) {
      const std::string bar = Bar(rows[i].times / rows.front().times, bar_columns, style.utf8);
      text.append(kGap).append(Paint(bar, Color::kGreen, wins));
    }
    text += "\n";
  }
  return {text, has_bars};
}

}  // namespace sigvet
