#include "reports/console_parts.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "reports/console_text.h"
#include "reports/stderr_text.h"
#include "reports/tally.h"
#include "reports/value_diff.h"

namespace sigvet {
namespace {

constexpr std::size_t kStderrLines = 8;
constexpr std::size_t kStderrColumns = 240;

std::string CorpusArguments(const RunReport& report) {
  std::string arguments;
  for (const std::string& path : report.context.corpus_paths) {
    arguments += " --corpus " + ShellQuote(path);
  }
  for (const std::string& path : report.context.suite_paths) {
    arguments += " --suite " + ShellQuote(path);
  }
  return arguments;
}

}  // namespace

std::string RenderValues(const Failure& failure, const ConsoleStyle& style, std::size_t indent) {
  const DiffStyle diff = {style.color, style.width, indent};
  if (!failure.expected_part.empty() || !failure.actual_part.empty()) {
    return DiffValues(failure.expected_part, failure.actual_part, diff);
  }
  if (failure.stage_number != 0) return DiffValues(failure.expected, failure.actual, diff);
  std::string lines;
  if (!failure.expected.empty()) lines += ShowValue("expected", failure.expected, diff);
  if (!failure.actual.empty()) lines += ShowValue("actual", failure.actual, diff);
  return lines;
}

std::string RenderStderrLines(std::string_view first, std::string_view tail, std::size_t width) {
  std::string text;
  std::string start(first);
  for (const std::string& line : StderrLines(tail, kStderrLines)) {
    text += Wrap(start, ShortenMiddle(line, kStderrColumns), width);
    start.assign(start.size(), ' ');
  }
  return text;
}

std::string CaseAndPlace(const RunReport& report, const RunReport::Case& c) {
  return Visible(c.id) + "  " + Visible(report.corpus.files[c.file]) + ":" + std::to_string(c.line);
}

std::string ReasonAndStage(const Failure& failure) {
  std::string text = Printable(failure.reason);
  if (failure.stage_number == 0) return text;
  text += text.empty() ? "(" : " (";
  if (failure.reason.find(failure.stage) == std::string::npos) {
    text += Visible(failure.stage) + ", ";
  }
  return text + "stage " + std::to_string(failure.stage_number) + " of " +
         std::to_string(failure.stage_count) + ")";
}

std::string RepeatCommand(const RunReport& report, std::uint32_t case_index,
                          const RunReport::Subject* subject, const Failure* failure) {
  const std::string case_id = ShellQuote(report.cases[case_index].id);
  std::string command = "sigvet run";
  if (subject != nullptr) {
    const bool is_port = subject->kind == "port";
    if (is_port && subject->named_as.empty()) {
      return "sigvet show " + case_id + CorpusArguments(report);
    }
    command += is_port ? " --port " + ShellQuote(subject->named_as)
                       : " --backend " + ShellQuote(subject->id);
    if (report.context.repeat > 1 && failure != nullptr && failure->reason.starts_with("flaky: ")) {
      command += " --repeat " + std::to_string(report.context.repeat);
    }
  }
  command += " --filter " + case_id + CorpusArguments(report);
  for (const std::string& path : report.context.known_failing_paths) {
    command += " --known-failing " + ShellQuote(path);
  }
  return command;
}

std::string RenderRepeat(const RunReport& report, std::uint32_t case_index,
                         const RunReport::Subject* subject, const Failure* failure) {
  const std::string command = RepeatCommand(report, case_index, subject, failure);
  const std::string_view label = command.starts_with("sigvet run") ? "repeat    " : "show      ";
  return std::string(kConsoleIndent).append(label).append(command) + "\n";
}

std::string CasesBySuite(const RunReport& report, std::span<const std::uint32_t> cases,
                         std::size_t per_suite, std::size_t most) {
  std::vector<std::vector<std::uint32_t>> suites(report.suites.size());
  for (const std::uint32_t index : cases) suites[report.cases[index].suite].push_back(index);
  std::ranges::stable_partition(suites, [&](const std::vector<std::uint32_t>& suite) {
    return !suite.empty() && IsPublished(report, report.cases[suite.front()]);
  });
  std::string text;
  std::size_t named = 0;
  for (const std::vector<std::uint32_t>& suite : suites) {
    if (suite.empty() || named == most) continue;
    const std::size_t count = std::min({suite.size(), per_suite, most - named});
    for (std::size_t i = 0; i < count; ++i) {
      const RunReport::Case& c = report.cases[suite[i]];
      if (i == 0) text += (text.empty() ? "" : "; ") + Visible(report.suites[c.suite]) + ": ";
      text.append(i == 0 ? "" : ", ").append(Visible(CaseName(report, c)));
    }
    named += count;
  }
  if (named < cases.size()) text += " and " + std::to_string(cases.size() - named) + " more";
  return text;
}

bool IsPublished(const RunReport& report, const RunReport::Case& c) {
  return report.suites[c.suite].ends_with("/published");
}

}  // namespace sigvet
