#include "reports/markdown_matrix.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "reports/console_text.h"
#include "reports/markdown_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

/// A table of more suites is folded.
constexpr std::size_t kUnfoldedSuites = 20;
constexpr std::size_t kNameColumns = 120;

std::string NameCell(std::string_view name) {
  return EscapeMarkdown(ShortenMiddle(Visible(name), kNameColumns));
}

/// "3", "**1 of 3**" where some failed, "3 (2 skipped)", "-" where all were skipped.
std::string Cell(const Tally& tally) {
  const std::uint32_t ran = tally.passed + tally.failed;
  if (ran == 0) return "-";
  std::string text = std::to_string(tally.passed);
  if (tally.failed > 0) text = "**" + text + " of " + std::to_string(ran) + "**";
  if (tally.skipped > 0) text += " (" + std::to_string(tally.skipped) + " skipped)";
  return text;
}

std::string Row(const std::string& name, std::size_t case_count, std::span<const Tally> tallies,
                std::span<const std::size_t> columns) {
  std::string row = "| " + name + " | " + std::to_string(case_count) + " |";
  for (const std::size_t column : columns) row += " " + Cell(tallies[column]) + " |";
  return row + "\n";
}

std::string Heading(const RunReport& report, std::span<const std::size_t> columns) {
  std::string names = "| suite | cases |";
  std::string rule = "|---|--:|";
  for (const std::size_t column : columns) {
    names += " " + NameCell(report.subjects[column].id) + " |";
    rule += "--:|";
  }
  return names + "\n" + rule + "\n";
}

}  // namespace

void AppendMarkdownMatrix(const RunReport& report, std::size_t most_bytes, std::string& text) {
  const std::vector<std::size_t> columns = AvailableSubjects(report);
  if (report.results.empty() || columns.empty()) return;
  const std::vector<Tally> tallies = TallySuites(report);
  const std::vector<std::uint32_t> case_counts = CountCases(report);
  const std::size_t width = report.subjects.size();
  std::vector<Tally> totals(width);
  for (std::size_t i = 0; i < tallies.size(); ++i) totals[i % width] += tallies[i];

  const bool folded = report.suites.size() > kUnfoldedSuites;
  std::string table = "### Suites and subjects\n\nPassed of what ran.\n\n";
  if (folded) {
    table += "<details>\n<summary>" + Counted(report.suites.size(), "suite") + "</summary>\n\n";
  }
  table += Heading(report, columns);
  std::string end = Row("total", report.cases.size(), totals, columns);
  end += folded ? "\n</details>\n\n" : "\n";
  std::size_t left_out = 0;
  for (std::size_t suite = 0; suite < report.suites.size(); ++suite) {
    const std::string row = Row(NameCell(report.suites[suite]), case_counts[suite],
                                std::span(tallies).subspan(suite * width, width), columns);
    if (text.size() + table.size() + row.size() + end.size() > most_bytes) {
      ++left_out;
    } else {
      table += row;
    }
  }
  // Subjects enough to fill it with the heading alone are no table.
  if (text.size() + table.size() + end.size() <= most_bytes) text += table + end;
  if (left_out > 0) {
    text += Counted(left_out, "more suite") +
            " left out: the JSON report (`--report json=FILE`) has everything.\n\n";
  }
}

}  // namespace sigvet
