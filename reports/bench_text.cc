#include "reports/bench_text.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "reports/bench_answer.h"
#include "reports/bench_numbers.h"
#include "reports/bench_table.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

constexpr std::size_t kLeftOutShown = 12;
constexpr std::size_t kDigestShown = 12;

std::string Joined(std::span<const std::string> words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : between).append(word);
  return Printable(text);
}

/// What stands before the results: where they come from, in a line each.
std::string Header(const BenchReport& report, std::size_t workloads, std::size_t width) {
  const BenchContext& context = report.context;
  const std::string machine = context.cpu + ", " + Counted(context.cpus, "processor");
  std::string text = Wrap("machine   ", Printable(machine), width);
  if (!context.masks.empty()) text += Wrap("masked    ", Joined(context.masks, " "), width);
  std::string timed = Counted(RoundsOf(report), "round") + " of " + Counted(workloads, "workload");
  if (!context.kernel.empty()) timed += ", kernel " + context.kernel;
  return text + Wrap("timed     ", Printable(timed), width);
}

/// What the columns and marks of the tables say.
std::string Legend(const BenchReport& report, std::span<const BenchComparison> comparisons,
                   bool has_bars) {
  std::string legend = "times are medians";
  const auto compares = [](const BenchComparison& comparison) {
    return comparison.rows.size() > 1;
  };
  if (std::ranges::any_of(comparisons, compares)) {
    legend += "; x: how many times as fast, within a round";
  }
  if (has_bars) legend += "; longer bars are faster";
  const auto is_naive = [](const BenchSeries& series) { return IsNaive(series.contender); };
  if (std::ranges::any_of(report.series, is_naive)) legend += "; *: the form that people write";
  return legend;
}

/// What was timed, for whoever wants to time it again.
std::string BuildLines(const BenchReport& report, std::size_t width) {
  const BenchContext& context = report.context;
  std::string build = "sigvet " + context.sigvet_version + ", " + context.build;
  if (!context.corpus_digest.empty()) {
    build += ", corpus digest " + context.corpus_digest.substr(0, kDigestShown);
  }
  std::string text = Wrap("build     ", Printable(build), width);
  std::vector<std::string> libraries;
  for (const auto& [id, library] : context.libraries) {
    const auto is_of = [&id](const BenchSeries& series) { return IsFormOf(series.contender, id); };
    if (id != "builtin" && std::ranges::any_of(report.series, is_of)) libraries.push_back(library);
  }
  return libraries.empty() ? text : text + Wrap("with      ", Joined(libraries, ", "), width);
}

/// Every line of `text` dimmed where `color`.
std::string Dimmed(std::string_view text, bool color) {
  std::string dimmed;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    dimmed.append(Paint(text.substr(0, end), Color::kDim, color)).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return dimmed;
}

std::string LeftOutLines(std::span<const BenchLeftOut> left_out, std::size_t width) {
  std::string text;
  std::string first = "left out  ";
  for (const BenchLeftOut& missing : left_out.first(std::min(left_out.size(), kLeftOutShown))) {
    std::string name = Visible(missing.workload);
    if (!missing.contender.empty()) {
      name.append(name.empty() ? "" : " ").append(Visible(missing.contender));
    }
    text += Wrap(first, name + ": " + Printable(missing.reason), width);
    first.assign(first.size(), ' ');
  }
  if (left_out.size() > kLeftOutShown) {
    text += Wrap(first, "and " + std::to_string(left_out.size() - kLeftOutShown) + " more", width);
  }
  return text;
}

/// How many of the intervals above are marked as wide; nothing where none is.
std::string NoiseLines(std::size_t wide, std::size_t all, const ConsoleStyle& style) {
  if (wide == 0) return "";
  const std::string_view label = "noisy";
  std::string text = Wrap(std::string(label) + "     ",
                          std::string(kWideMark) + " " + std::to_string(wide) + " of " +
                              Counted(all, "interval") + (wide == 1 ? " is" : " are") +
                              " wider than 10 %: the machine was busy; more --repetitions narrow " +
                              (wide == 1 ? "it" : "them"),
                          style.width);
  return text.replace(0, label.size(), Paint(label, Color::kYellow, style.color));
}

/// A line that begins with the workload, and more where that is not enough: the names of the best
/// in `best_columns` where they fit, so that the reasons stand below each other.
std::string ChoiceLines(const BenchChoice& choice, std::size_t workload_columns,
                        std::size_t best_columns, const ConsoleStyle& style) {
  const std::string workload = PadRight(Visible(choice.workload), workload_columns) + "  ";
  const std::string best = BestOf(choice);
  const std::string reason = ReasonOf(choice);
  std::string text = workload + PadRight(best, best_columns) + "  " + reason + "\n";
  if (Columns(best) > best_columns || Columns(text) - 1 > style.width) {
    text = Wrap(workload, std::string(best).append(": ").append(reason), style.width);
  }
  const std::size_t at = text.find(best, workload.size());
  if (choice.best.size() == 1 && at != text.npos) {
    text.replace(at, best.size(), Paint(best, Color::kGreen, style.color));
  }
  return text;
}

/// The answer for all workloads together.
std::string Overall(std::span<const BenchChoice> choices, std::size_t width) {
  std::string text;
  for (const std::string& line : OverallAnswer(choices)) {
    text += text.empty() ? Wrap("", "overall: " + line, width) : Wrap("  ", line, width);
  }
  return text;
}

}  // namespace

std::string RenderBench(const BenchReport& report, const ConsoleStyle& style) {
  const std::vector<BenchComparison> comparisons = CompareBench(report);
  std::string text = Header(report, comparisons.size(), style.width);
  bool has_bars = false;
  std::size_t all = 0;
  std::size_t wide = 0;
  for (const BenchComparison& comparison : comparisons) {
    const BenchTable table =
        RenderBenchTable(comparison, TitleOfWorkload(comparison.workload), style);
    text.append("\n").append(table.text);
    has_bars = has_bars || table.has_bars;
    all += comparison.rows.size();
    wide += static_cast<std::size_t>(
        std::ranges::count_if(comparison.rows, [](const BenchRow& row) { return IsWide(row); }));
  }
  const std::string legend = Wrap("legend    ", Legend(report, comparisons, has_bars), style.width);
  return text + "\n" + Dimmed(legend, style.color) + NoiseLines(wide, all, style) +
         LeftOutLines(report.left_out, style.width) +
         Dimmed(BuildLines(report, style.width), style.color);
}

std::string RenderBenchChoice(const BenchReport& report, std::span<const BenchChoice> choices,
                              const ConsoleStyle& style) {
  std::string text = Header(report, choices.size(), style.width) + "\n";
  std::size_t workload_columns = 0;
  std::size_t best_columns = 0;
  std::size_t all = 0;
  std::size_t wide = 0;
  for (const BenchChoice& choice : choices) {
    workload_columns = std::max(workload_columns, Columns(Visible(choice.workload)));
    // Lists of equals would move the reasons of all others to the right.
    if (choice.best.size() == 1) best_columns = std::max(best_columns, Columns(BestOf(choice)));
    all += choice.next.empty() ? 0U : 1U;
    wide += IsWide(choice) ? 1U : 0U;
  }
  for (const BenchChoice& choice : choices) {
    text += ChoiceLines(choice, workload_columns, best_columns, style);
  }
  if (!choices.empty()) text += "\n" + Overall(choices, style.width);
  std::string legend = "in brackets the 95 % interval";
  if (std::ranges::any_of(choices, [](const BenchChoice& c) { return c.best.size() > 1; })) {
    legend += "; equal: that holds 1, or they differ by less than 1 %";
  }
  return text + "\n" + Dimmed(Wrap("legend    ", legend, style.width), style.color) +
         NoiseLines(wide, all, style) + LeftOutLines(report.left_out, style.width) +
         Dimmed(BuildLines(report, style.width), style.color);
}

}  // namespace sigvet
