#include "reports/bench_text.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "bench/workload.h"
#include "reports/bench_table.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

/// What is wider, as a part of the median, says little.
constexpr double kWide = 0.1;
constexpr std::size_t kNoisyNamed = 6;
constexpr std::size_t kLeftOutShown = 12;
constexpr std::size_t kDigestShown = 12;

std::string Joined(std::span<const std::string> words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : between).append(word);
  return Printable(text);
}

std::string_view TitleOf(std::string_view workload) {
  const auto all = AllWorkloads();
  const auto found = std::ranges::find(all, workload, &Workload::id);
  if (found == all.end()) return "";
  return found->title;
}

std::string MachineLines(const BenchContext& context, std::size_t width) {
  std::string text =
      Wrap("machine   ", Printable(context.cpu) + ", " + Counted(context.cpus, "processor"), width);
  if (!context.cpu_features.empty()) {
    text += Wrap("features  ", Joined(context.cpu_features, " "), width);
  }
  if (!context.masks.empty()) text += Wrap("masked    ", Joined(context.masks, " "), width);
  std::string build = "sigvet " + context.sigvet_version + ", " + context.build;
  if (!context.kernel.empty()) build += ", kernel " + context.kernel;
  text += Wrap("build     ", Printable(build), width);
  std::size_t id_columns = 0;
  for (const auto& [id, library] : context.libraries) {
    id_columns = std::max(id_columns, Columns(Visible(id)));
  }
  std::string first = "backends  ";
  for (const auto& [id, library] : context.libraries) {
    text += Wrap(first + PadRight(Visible(id), id_columns + 2), Printable(library), width);
    first.assign(first.size(), ' ');
  }
  return text;
}

std::string TimedLines(const BenchReport& report, std::span<const BenchComparison> comparisons,
                       std::size_t width) {
  std::size_t rounds = 0;
  bool naive = false;
  for (const BenchSeries& series : report.series) {
    rounds = std::max(rounds, series.samples.size());
    naive = naive || IsNaive(series.contender);
  }
  std::string what = Counted(rounds, "round") + " of " + Counted(comparisons.size(), "workload") +
                     ", the contenders of each side by side";
  if (!report.context.corpus_digest.empty()) {
    what += "; corpus digest " + Visible(report.context.corpus_digest.substr(0, kDigestShown));
  }
  std::string text = Wrap("timed     ", what, width);
  const bool compared = std::ranges::any_of(
      comparisons, [](const BenchComparison& comparison) { return comparison.rows.size() > 1; });
  std::string legend = "times are medians";
  if (compared) legend += "; x: times as fast, within a round; longer bars are faster";
  if (naive) legend += "; *: the form that people write";
  return text + Wrap("          ", legend, width);
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

std::string NoiseLines(std::span<const BenchComparison> comparisons, const ConsoleStyle& style) {
  std::size_t all = 0;
  std::size_t wide = 0;
  std::string names;
  for (const BenchComparison& comparison : comparisons) {
    for (const BenchRow& row : comparison.rows) {
      ++all;
      if (row.Spread() <= kWide || ++wide > kNoisyNamed) continue;
      names.append(names.empty() ? "" : ", ");
      names.append(Visible(comparison.workload)).append(" ").append(Visible(row.contender));
    }
  }
  if (wide == 0) return "";
  if (wide > kNoisyNamed) names += " and " + std::to_string(wide - kNoisyNamed) + " more";
  const std::string_view label = "noisy";
  std::string text = Wrap(std::string(label) + "     ",
                          std::to_string(wide) + " of " + Counted(all, "interval") +
                              (wide == 1 ? " is" : " are") + " wider than 10 % of the median (" +
                              names + "): the machine was busy; more --repetitions narrow them",
                          style.width);
  return text.replace(0, label.size(), Paint(label, Color::kYellow, style.color));
}

std::string Footer(const BenchReport& report, std::span<const BenchComparison> comparisons,
                   const ConsoleStyle& style) {
  const std::string text =
      LeftOutLines(report.left_out, style.width) + NoiseLines(comparisons, style);
  return text.empty() ? "" : "\n" + text;
}

/// "a", "a and b", "a, b and c".
std::string Listed(std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += Visible(names[i]);
  }
  return text;
}

/// The best, as a row names them.
std::string BestOf(const BenchChoice& choice) {
  const bool all = choice.next.empty() && choice.best.size() > 2;
  return all ? "all " + std::to_string(choice.best.size()) : Listed(choice.best);
}

/// What stands behind the names of the best.
std::string ReasonOf(const BenchChoice& choice) {
  std::string reason;
  if (choice.best.size() > 1) reason = "equal";
  if (choice.next.empty()) return reason.empty() ? "nothing else ran" : reason;
  reason += reason.empty() ? "" : "; ";
  return reason + ThreeDigits(choice.times) + " times as fast as " + Visible(choice.next);
}

/// Workloads with the same answer.
struct Answer {
  std::vector<std::string> best;
  std::vector<std::string> workloads;
};

/// The answers, those of most workloads first.
std::vector<Answer> AnswersOf(std::span<const BenchChoice> choices) {
  std::vector<Answer> answers;
  for (const BenchChoice& choice : choices) {
    std::vector<std::string> best = choice.best;
    std::ranges::sort(best);
    auto answer = std::ranges::find(answers, best, &Answer::best);
    if (answer == answers.end()) answer = answers.insert(answer, Answer{std::move(best), {}});
    answer->workloads.push_back(choice.workload);
  }
  std::ranges::stable_sort(answers, std::ranges::greater(),
                           [](const Answer& answer) { return answer.workloads.size(); });
  return answers;
}

std::string NameOf(const Answer& answer) {
  return answer.best.size() == 1 ? Listed(answer.best) : "equally " + Listed(answer.best);
}

/// "botan and builtin are equal".
std::string Sentence(const Answer& answer) {
  return Listed(answer.best) + (answer.best.size() == 1 ? " is the fastest" : " are equal");
}

/// "builtin for all but sha256/1048576, where builtin and openssl are equal"; a line for each
/// where there are more exceptions.
std::string Overall(std::span<const BenchChoice> choices, std::size_t width) {
  const auto line = [width](const std::string& text) {
    return Wrap("", "overall: " + text, width);
  };
  const std::vector<Answer> answers = AnswersOf(choices);
  const Answer& first = answers.front();
  if (choices.size() == 1) return line(NameOf(first) + " for " + Listed(first.workloads));
  if (answers.size() == 1) {
    return line(NameOf(first) + " for all " + std::to_string(choices.size()) + " workloads");
  }
  const bool is_most = first.workloads.size() * 2 > choices.size();
  if (is_most && answers.size() == 2) {
    return line(NameOf(first) + " for all but " + Listed(answers[1].workloads) + ", where " +
                Sentence(answers[1]));
  }
  std::string text = line(is_most ? NameOf(first) + " for all but these" : "it depends");
  for (const Answer& answer : std::span(answers).subspan(is_most ? 1 : 0)) {
    text += Wrap("  ", Listed(answer.workloads) + ": " + Sentence(answer), width);
  }
  return text;
}

}  // namespace

std::string RenderBench(const BenchReport& report, const ConsoleStyle& style) {
  const std::vector<BenchComparison> comparisons = CompareBench(report);
  std::string text = MachineLines(report.context, style.width);
  text += TimedLines(report, comparisons, style.width);
  for (const BenchComparison& comparison : comparisons) {
    text += "\n" + RenderBenchTable(comparison, TitleOf(comparison.workload), style);
  }
  return text + Footer(report, comparisons, style);
}

std::string RenderBenchChoice(const BenchReport& report, std::span<const BenchChoice> choices,
                              const ConsoleStyle& style) {
  std::string text = MachineLines(report.context, style.width) + "\n";
  std::size_t workload_columns = 0;
  std::size_t best_columns = 0;
  for (const BenchChoice& choice : choices) {
    workload_columns = std::max(workload_columns, Columns(Visible(choice.workload)));
    best_columns = std::max(best_columns, Columns(BestOf(choice)));
  }
  for (const BenchChoice& choice : choices) {
    const std::string workload = PadRight(Visible(choice.workload), workload_columns) + "  ";
    const std::string best = BestOf(choice);
    const std::string reason = ReasonOf(choice);
    const std::string row = workload + PadRight(best, best_columns) + "  ";
    std::string line;
    if (Columns(row) + Columns(reason) <= style.width) {
      line = row + reason + "\n";
    } else {
      line = Wrap(workload, std::string(best).append(": ").append(reason), style.width);
    }
    const std::size_t at = line.find(best, workload.size());
    if (choice.best.size() == 1 && at != line.npos) {
      line.replace(at, best.size(), Paint(best, Color::kGreen, style.color));
    }
    text += line;
  }
  if (std::ranges::any_of(choices, [](const BenchChoice& c) { return c.best.size() > 1; })) {
    text +=
        Wrap("", "(equal: their ratio's 95 % interval holds 1, or they differ by less than 1 %)",
             style.width);
  }
  if (!choices.empty()) text += "\n" + Overall(choices, style.width);
  return text + Footer(report, CompareBench(report), style);
}

}  // namespace sigvet
