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

std::size_t RoundsOf(const BenchReport& report) {
  std::size_t rounds = 0;
  for (const BenchSeries& series : report.series) rounds = std::max(rounds, series.samples.size());
  return rounds;
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

/// Whether `contender` is the backend of that id, or a form of it.
bool IsOf(std::string_view contender, std::string_view backend) {
  return contender.starts_with(backend) &&
         (contender.size() == backend.size() || contender[backend.size()] == '-');
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
    const auto is_of = [&id](const BenchSeries& series) { return IsOf(series.contender, id); };
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

bool IsWide(const BenchChoice& choice) {
  return choice.interval.high - choice.interval.low > kWide * choice.times;
}

/// What stands behind the names of the best.
std::string ReasonOf(const BenchChoice& choice) {
  std::string reason;
  if (choice.best.size() > 1) reason = "equal";
  if (choice.next.empty()) return reason.empty() ? "nothing else ran" : reason;
  reason += reason.empty() ? "" : "; ";
  reason += ThreeDigits(choice.times) + " (" + ThreeDigits(choice.interval.low) + ".." +
            ThreeDigits(choice.interval.high) + ")";
  if (IsWide(choice)) reason.append(kWideMark);
  return reason + " times as fast as " + Visible(choice.next);
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
  std::string text = Header(report, comparisons.size(), style.width);
  bool has_bars = false;
  std::size_t all = 0;
  std::size_t wide = 0;
  for (const BenchComparison& comparison : comparisons) {
    const BenchTable table = RenderBenchTable(comparison, TitleOf(comparison.workload), style);
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
