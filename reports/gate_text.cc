#include "reports/gate_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

using State = GateRow::Verdict;
using Rows = std::vector<const GateRow*>;

constexpr std::string_view kIndent = "  ";
constexpr std::string_view kDeepIndent = "      ";
constexpr std::size_t kSeriesNamed = 10;

template <typename... Values>
std::string Format(const char* format, Values... values) {
  char text[64];
  const int size = std::snprintf(text, sizeof text, format, values...);
  return {text, std::min(static_cast<std::size_t>(size), sizeof text - 1)};
}

std::string NameOf(const GateRow& row) { return Visible(row.workload + "/" + row.contender); }

/// Stands for a blank at which no line may be broken, until WrapTied() has broken it. No text that
/// is shown holds it.
constexpr char kTie = '\x1f';

/// Wrap() that keeps together what kTie ties.
std::string WrapTied(std::string_view first, std::string_view text, std::size_t width) {
  std::string lines = Wrap(first, text, width);
  std::ranges::replace(lines, kTie, ' ');
  return lines;
}

/// `text` with its blanks tied.
std::string Tied(std::string text) {
  std::ranges::replace(text, ' ', kTie);
  return text;
}

/// "+15.2 %".
std::string Percent(double fraction) { return Format("%+.1f %%", fraction * 100); }

std::string PValue(double p) { return p < 0.00005 ? "<0.0001" : Format("%.4f", p); }

std::string Ratio(double ratio) { return Format("%.3f", ratio); }

/// "+8 %", with the digits that it has.
std::string Threshold(double threshold) { return Format("+%g %%", threshold * 100); }

Rows RowsOf(const GateReport& report, State verdict) {
  Rows rows;
  for (const GateRow& row : report.rows) {
    if (row.verdict == verdict) rows.push_back(&row);
  }
  return rows;
}

/// The largest change first.
Rows SortedByChange(Rows rows) {
  std::ranges::stable_sort(rows, {},
                           [](const GateRow* row) { return -std::abs(std::log1p(row->change)); });
  return rows;
}

std::string Heading(std::string_view title, std::string_view rest, Color color,
                    const ConsoleStyle& style) {
  std::string text = Wrap("", std::string(title).append(rest), style.width);
  if (text.starts_with(title)) text.replace(0, title.size(), Paint(title, color, style.color));
  return "\n" + text;
}

/// The numbers of a row, in columns.
std::vector<std::string> Cells(const GateRow& row) {
  return {Ratio(row.baseline_ratio), Ratio(row.candidate_ratio), Percent(row.change),
          PValue(row.p_value), Threshold(row.threshold)};
}

/// A table; where a line is too narrow for it, two lines a series.
std::string RenderTable(const Rows& rows, std::size_t width) {
  std::vector<std::vector<std::string>> lines = {
      {"series", "baseline", "candidate", "change", "p", "threshold"}};
  for (const GateRow* const row : rows) {
    lines.push_back({NameOf(*row)});
    std::ranges::move(Cells(*row), std::back_inserter(lines.back()));
  }
  std::vector<std::size_t> columns(lines.front().size());
  std::size_t needed = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (const auto& line : lines) columns[i] = std::max(columns[i], Columns(line[i]));
    needed += kIndent.size() + columns[i];
  }
  std::string text;
  if (needed <= width) {
    for (const auto& line : lines) {
      text.append(kIndent).append(PadRight(line[0], columns[0]));
      for (std::size_t i = 1; i < line.size(); ++i) {
        text.append(kIndent).append(PadLeft(line[i], columns[i]));
      }
      text += "\n";
    }
    return text;
  }
  for (const GateRow* const row : rows) {
    const std::vector<std::string> cells = Cells(*row);
    text += Wrap(kIndent, NameOf(*row), width);
    text += WrapTied(kDeepIndent,
                     Tied(cells[2]) + " (" + Tied(cells[0] + " to " + cells[1]) + ", " +
                         Tied("p " + cells[3]) + ", " + Tied("threshold " + cells[4]) + ")",
                     width);
  }
  return text;
}

std::string RenderGone(const Rows& rows, const ConsoleStyle& style) {
  if (rows.empty()) return "";
  std::string text =
      Heading("gone", " (in the baseline, not in the candidate)", Color::kRed, style);
  for (const GateRow* const row : rows) {
    const std::string reason = row->reason.empty() ? "" : ": " + Visible(row->reason);
    text += Wrap(kIndent, NameOf(*row) + reason, style.width);
  }
  return text;
}

/// "2 series are new: a, b".
std::string RenderNames(const Rows& rows, std::string_view what, const ConsoleStyle& style) {
  if (rows.empty()) return "";
  std::string names;
  for (std::size_t i = 0; i < std::min(rows.size(), kSeriesNamed); ++i) {
    names += (i == 0 ? ": " : ", ") + NameOf(*rows[i]);
  }
  if (rows.size() > kSeriesNamed) {
    names += " and " + std::to_string(rows.size() - kSeriesNamed) + " more";
  }
  return Wrap("", std::to_string(rows.size()).append(" ").append(what).append(names), style.width);
}

std::string RenderUnsure(const Rows& rows, std::string_view reference, const ConsoleStyle& style) {
  const auto more = [](const GateRow* row) { return std::abs(std::log1p(row->machine_change)); };
  const auto most = std::ranges::max_element(rows, {}, more);
  if (most == rows.end()) return "";
  return RenderNames(rows, "can't be judged", style) +
         Wrap("  ",
              "there " + Visible(reference) + " itself took up to " +
                  Format("%.2f", 1 + (*most)->machine_change) +
                  " times as long in the candidate: the machine was busy all along",
              style.width);
}

/// What stands behind the answer where it is not the whole answer.
std::string Reservations(std::size_t regressions, std::size_t maybe, std::size_t unsure,
                         std::size_t all) {
  std::string text;
  if (maybe > 0) {
    text += "; " + std::to_string(maybe) + (regressions > 0 ? " more" : "") +
            (maybe == 1 ? " is above its threshold" : " are above their thresholds") +
            " and not certain";
  }
  if (unsure > 0) {
    text += "; " + std::to_string(unsure) + " of " + std::to_string(all) +
            " can't be judged: the machine was busy";
  }
  return text;
}

std::string RenderAnswer(const GateReport& report, const ConsoleStyle& style) {
  const auto count = [&](auto matches) {
    return static_cast<std::size_t>(std::ranges::count_if(report.rows, matches));
  };
  const std::size_t regressions = count([](const GateRow& row) { return row.is_regression(); });
  const std::size_t held =
      count([](const GateRow& row) { return row.is_judged() || row.is_regression(); });
  const std::size_t maybe = RowsOf(report, State::kMaybeSlower).size();
  const std::size_t unsure = RowsOf(report, State::kUnsure).size();
  std::string answer = Counted(regressions, "regression");
  if (regressions == 0) answer = maybe == 0 ? "no regression" : "no certain regression";
  const std::string reservations = Reservations(regressions, maybe, unsure, held + unsure);
  const std::string how =
      "as multiples of " + Visible(report.reference) + "'s time in the same run";
  std::string text = answer + " in " + std::to_string(held) + " series";
  text = reservations.empty()
             ? Wrap("", text + ", " + how, style.width)
             : Wrap("", text + reservations, style.width) + Wrap("", how, style.width);
  Color color = reservations.empty() ? Color::kGreen : Color::kYellow;
  if (regressions > 0) color = Color::kRed;
  if (text.starts_with(answer)) {
    text.replace(0, answer.size(), Paint(answer, color, style.color));
  }
  return text;
}

std::string RenderMaybe(const Rows& rows, double significance, const ConsoleStyle& style) {
  if (rows.empty()) return "";
  return Heading("above the threshold, but not certain", "", Color::kYellow, style) +
         RenderTable(rows, style.width) +
         Wrap(kIndent,
              "p is above the limit, " + Format("%g", significance) +
                  ", so it may be chance: bench both with more --repetitions",
              style.width);
}

/// How far apart the two runs were where nothing is wrong. `other`: than those listed before.
std::string RenderLargest(const Rows& same, bool other, const ConsoleStyle& style) {
  if (same.empty()) return "";
  const GateRow& row = *SortedByChange(same).front();
  return "\n" +
         WrapTied("",
                  std::string(other ? "the largest other change: " : "the largest change: ") +
                      NameOf(row) + " " + Tied(Percent(row.change)) + " (" +
                      Tied("p " + PValue(row.p_value)) + ", " +
                      Tied("threshold " + Threshold(row.threshold)) + ")",
                  style.width);
}

std::string RenderRemedies(bool slower, bool gone, const ConsoleStyle& style) {
  if (!slower && !gone) return "";
  std::string text = Heading("what to do", "", Color::kBold, style);
  const auto add = [&](std::string_view remedy) { text += Wrap("  - ", remedy, style.width); };
  if (slower) {
    add("bench both again, one after the other on one machine: what was chance does not come back");
    add("slower on purpose: make the candidate's results the new baseline, or give the series a "
        "rule with a higher threshold in the policy");
  }
  if (gone) {
    add("gone: bench the same workloads and contenders; or make a new baseline, or give the series "
        "a rule with ignore: true in the policy");
  }
  return text;
}

}  // namespace

std::string RenderGate(const GateReport& report, const ConsoleStyle& style) {
  const Rows slower = SortedByChange(RowsOf(report, State::kSlower));
  const Rows faster = SortedByChange(RowsOf(report, State::kFaster));
  const Rows maybe = SortedByChange(RowsOf(report, State::kMaybeSlower));
  const Rows gone = RowsOf(report, State::kGone);
  std::string text = RenderAnswer(report, style);
  if (!slower.empty()) {
    text += Heading("slower", "", Color::kRed, style) + RenderTable(slower, style.width);
  }
  text += RenderGone(gone, style);
  text += RenderMaybe(maybe, report.significance, style);
  if (!faster.empty()) {
    text += Heading("faster", "", Color::kGreen, style) + RenderTable(faster, style.width);
  }
  const bool listed = !slower.empty() || !maybe.empty() || !faster.empty();
  text += RenderLargest(RowsOf(report, State::kSame), listed, style);
  std::string others =
      RenderUnsure(RowsOf(report, State::kUnsure), report.reference, style) +
      RenderNames(RowsOf(report, State::kUncompared),
                  "not compared, for there is no reference at their workload", style) +
      RenderNames(RowsOf(report, State::kNew), "new", style) +
      RenderNames(RowsOf(report, State::kIgnored), "ignored by the policy", style);
  for (const std::string& note : report.notes) {
    others += Wrap("note: ", Printable(note), style.width);
  }
  if (!others.empty()) text += "\n" + others;
  return text + RenderRemedies(!slower.empty(), !gone.empty(), style);
}

}  // namespace sigvet
