#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "bench/compare.h"
#include "bench/workload.h"
#include "reports/bench_answer.h"
#include "reports/bench_html_parts.h"
#include "reports/bench_numbers.h"
#include "reports/console_text.h"
#include "reports/html_page.h"
#include "reports/report.h"

namespace sigvet {
namespace {

/// Whether people do that work: a backend is chosen for nothing else. A workload that this program
/// does not know is one.
bool IsUse(std::string_view workload) {
  const auto all = AllWorkloads();
  const auto found = std::ranges::find(all, workload, &Workload::id);
  return found == all.end() || found->is_use;
}

/// As `sigvet bench --choose`: among the backends at their best.
std::vector<BenchChoice> Choices(const BenchReport& report) {
  std::vector<std::string> backends;
  backends.reserve(report.context.libraries.size());
  for (const auto& [id, library] : report.context.libraries) backends.push_back(id);
  std::vector<BenchChoice> choices = ChooseBackends(report, backends);
  std::erase_if(choices, [](const BenchChoice& choice) { return !IsUse(choice.workload); });
  const bool compares = std::ranges::any_of(choices, [](const BenchChoice& choice) {
    return choice.best.size() > 1 || !choice.next.empty();
  });
  return compares ? choices : std::vector<BenchChoice>();
}

struct Noise {
  std::size_t intervals = 0;
  std::size_t wide = 0;
};

Noise NoiseOf(std::span<const BenchComparison> comparisons) {
  Noise noise;
  for (const BenchComparison& comparison : comparisons) {
    for (const BenchRow& row : comparison.rows) {
      ++noise.intervals;
      noise.wide += IsWide(row) ? 1U : 0U;
    }
  }
  return noise;
}

std::string Headline(std::span<const BenchChoice> choices, std::size_t workloads) {
  const std::vector<std::string> lines = OverallAnswer(choices);
  if (lines.empty()) return Counted(workloads, "workload") + " timed";
  if (lines.front() == "it depends") return "It depends which backend is the fastest";
  constexpr std::string_view kEqually = "equally ";
  if (!lines.front().starts_with(kEqually)) return "Take " + lines.front();
  return "Take any of " + lines.front().substr(kEqually.size());
}

std::string Answer(const BenchReport& report, std::span<const BenchChoice> choices,
                   std::span<const BenchComparison> comparisons) {
  const std::vector<std::string> lines = OverallAnswer(choices);
  std::string html = "<h1>" + EscapeHtml(Headline(choices, comparisons.size())) + "</h1>\n";
  if (lines.size() > 1) {
    html += "<ul>\n";
    for (const std::string& line : std::span(lines).subspan(1)) {
      html += "<li>" + EscapeHtml(line) + "</li>\n";
    }
    html += "</ul>\n";
  }
  const BenchContext& context = report.context;
  html += "<p class=\"soft\">" + Counted(comparisons.size(), "workload") + " timed in " +
          Counted(RoundsOf(report), "round") + " on " +
          HtmlText(context.cpu.empty() ? "an unknown processor" : context.cpu) + ", " +
          HtmlText(context.date) + ".</p>\n";
  const Noise noise = NoiseOf(comparisons);
  if (noise.wide > 0) {
    const bool one = noise.wide == 1;
    html += "<p class=\"warn\">" + std::to_string(noise.wide) + " of " +
            Counted(noise.intervals, "interval") + (one ? " is" : " are") +
            " wider than 10 % (marked " + std::string(kWideMark) +
            "): the machine was busy. More --repetitions narrow " + (one ? "it" : "them") +
            ".</p>\n";
  }
  return html;
}

HtmlSection ChoiceSection(std::span<const BenchChoice> choices) {
  HtmlSection section = {"choice", "Which backend to take", ""};
  if (choices.empty()) return section;
  section.body =
      "<div class=\"scroll\">\n<table class=\"choice\">\n<caption>Among backends at their best. In "
      "brackets the 95 % interval; equal: it holds 1, or they differ by less than 1 %.</caption>\n"
      "<thead><tr>"
      "<th scope=\"col\">Workload</th><th scope=\"col\">Take</th>"
      "<th scope=\"col\">Because it is</th></tr></thead>\n<tbody>\n";
  for (const BenchChoice& choice : choices) {
    section.body += "<tr><th scope=\"row\"><a href=\"#" + WorkloadAnchor(choice.workload) + "\">" +
                    HtmlValue(choice.workload) + "</a></th><td><strong>" +
                    EscapeHtml(BestOf(choice)) + "</strong></td><td>" +
                    EscapeHtml(ReasonOf(choice)) + "</td></tr>\n";
  }
  section.body += "</tbody>\n</table>\n</div>\n";
  return section;
}

HtmlSection LeftOutSection(const BenchReport& report) {
  HtmlSection section = {"left-out", "Left out", ""};
  if (report.left_out.empty()) return section;
  section.body = "<ul>\n";
  for (const BenchLeftOut& missing : report.left_out) {
    std::string name = HtmlValue(missing.workload);
    if (!missing.contender.empty()) {
      name.append(name.empty() ? "" : " ").append(HtmlValue(missing.contender));
    }
    section.body += "<li><strong>" + name + "</strong>: " + HtmlText(missing.reason) + "</li>\n";
  }
  section.body += "</ul>\n";
  return section;
}

}  // namespace

std::string RenderBenchHtml(const BenchReport& report) {
  const std::vector<BenchComparison> comparisons = CompareBench(report);
  const std::vector<BenchChoice> choices = Choices(report);
  HtmlPageParts page;
  page.title = Headline(choices, comparisons.size()) + " - sigvet bench";
  page.kind = "benchmark";
  page.answer = Answer(report, choices, comparisons);
  page.sections.push_back(ChoiceSection(choices));
  page.sections.push_back({"times", "Times", WorkloadsHtml(comparisons)});
  page.sections.push_back(LeftOutSection(report));
  page.sections.push_back({"contenders", "What was timed", ContendersHtml(report)});
  page.sections.push_back({"environment", "Environment", EnvironmentHtml(report.context)});
  page.footer = "<p>Written by sigvet " + HtmlValue(report.context.sigvet_version) +
                ". The JSON report of the same benchmark has every sample.</p>\n";
  page.style = &kBenchCss;
  return HtmlPage(page);
}

}  // namespace sigvet
