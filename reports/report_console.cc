#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "reports/console_failures.h"
#include "reports/console_findings.h"
#include "reports/console_table.h"
#include "reports/console_text.h"
#include "reports/report.h"

namespace sigvet {
namespace {

constexpr std::size_t kFilesNamed = 3;
constexpr std::size_t kDigestShown = 12;
constexpr std::size_t kIdColumns = 24;

std::string CorpusLine(const RunReport& report, std::size_t width) {
  const RunReport::CorpusSummary& corpus = report.corpus;
  std::string text;
  if (!report.context.suite_paths.empty()) {
    // A suite has too many files to name some of them.
    for (const auto* paths : {&report.context.corpus_paths, &report.context.suite_paths}) {
      for (const std::string& path : *paths) text += Visible(path) + ", ";
    }
    text.replace(text.size() - 2, 2, " (" + Counted(corpus.files.size(), "file") + ")");
  } else if (report.context.corpus_paths.empty()) {
    text = "built in (" + Counted(corpus.files.size(), "file") + ")";
  } else {
    const std::size_t named = std::min(corpus.files.size(), kFilesNamed);
    for (std::size_t i = 0; i < named; ++i) {
      text.append(i == 0 ? "" : ", ").append(Visible(corpus.files[i]));
    }
    if (named < corpus.files.size()) {
      text += " and " + Counted(corpus.files.size() - named, "more file");
    }
  }
  text += ": " + Counted(corpus.case_count, "case");
  if (report.cases.size() != corpus.case_count) {
    text += " (" + std::to_string(report.cases.size()) + " selected)";
  }
  text += ", digest " + Visible(corpus.digest.substr(0, kDigestShown));
  return Wrap("corpus    ", text, width);
}

/// That contested cases were left out, and what runs them.
std::string ContestedLine(const RunReport::CorpusSummary& corpus, std::size_t width) {
  if (corpus.contested_left_out == 0) return "";
  std::string command;
  for (const std::string& suite : corpus.contested_suites) {
    command += " --filter " + ShellQuote(suite);
  }
  const bool one = corpus.contested_left_out == 1;
  return Wrap("          ",
              Counted(corpus.contested_left_out, "contested case") + (one ? " was" : " were") +
                  " left out:" + command + " runs " + (one ? "it" : "them"),
              width);
}

/// Which part of the corpus this is.
std::string ShardLine(const RunReport& report, std::size_t width) {
  const RunReport::Context& context = report.context;
  if (context.shard_count == 0) return "";
  std::string text =
      std::to_string(context.shard_index) + " of " + std::to_string(context.shard_count);
  if (report.cases.empty()) text += ": no selected case is in it, others have some";
  return Wrap("shard     ", text, width);
}

std::string SubjectLines(const RunReport& report, std::size_t width) {
  std::size_t columns = 0;
  for (const RunReport::Subject& subject : report.subjects) {
    columns = std::max(columns, Columns(Visible(subject.id)));
  }
  columns = std::min(columns, kIdColumns);
  std::string lines;
  std::string_view label = "subjects  ";
  for (const RunReport::Subject& subject : report.subjects) {
    std::string text = subject.library.empty() ? "no version known" : Visible(subject.library);
    if (!subject.kernel.empty()) text += " (" + Visible(subject.kernel) + ")";
    if (!subject.unavailable_because.empty()) {
      text = "unavailable: " + Printable(subject.unavailable_because);
    }
    std::string first(label);
    first += PadRight(ShortenMiddle(Visible(subject.id), columns), columns) + "  ";
    lines += Wrap(first, text, width);
    label = "          ";
  }
  return lines;
}

std::string KnownFailuresLine(const RunReport& report) {
  const auto count = static_cast<std::size_t>(
      std::ranges::count(report.results, Verdict::kExpectedFail, &RunReport::CaseResult::verdict));
  return count == 0 ? "" : Counted(count, "known failure") + " failed as expected\n";
}

}  // namespace

std::string RenderConsole(const RunReport& report, const ConsoleStyle& style) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    if (!text.empty() && !part.empty()) text += "\n";
    text += part;
  };
  if (!style.quiet) {
    add(CorpusLine(report, style.width) + ContestedLine(report.corpus, style.width) +
        ShardLine(report, style.width) + SubjectLines(report, style.width));
    add(RenderTable(report, style));
  }
  add(RenderFindings(report, style));
  add(RenderFailures(report, style));
  if (!style.quiet) add(RenderKnownFindings(report, style));

  std::string end;
  if (!style.quiet) end += KnownFailuresLine(report);
  if (report.context.interrupted) {
    end += Paint("interrupted", Color::kYellow, style.color) +
           ": the results that are missing count as skipped\n";
  }
  end += std::to_string(report.totals.passed) + " passed, " + std::to_string(report.totals.failed) +
         " failed";
  if (report.totals.skipped > 0) end += ", " + std::to_string(report.totals.skipped) + " skipped";
  add(end + "\n");
  return text;
}

}  // namespace sigvet
