#include "reports/html_context.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/console_text.h"
#include "reports/html_findings.h"
#include "reports/html_parts.h"
#include "reports/mistake_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

constexpr std::size_t kReasonsShown = 200;
constexpr std::size_t kFilesShown = 200;
constexpr std::size_t kSourcesShown = 100;
constexpr std::size_t kPathsShown = 20;

std::string Code(std::string_view value) { return "<code>" + HtmlValue(value) + "</code>"; }

std::string CodeList(std::span<const std::string> values) {
  std::vector<std::string> items;
  items.reserve(values.size());
  for (const std::string& value : values) items.push_back(Code(value));
  return HtmlNames(items, kPathsShown);
}

/// Opens a table in a box that scrolls by itself.
std::string TableStart(std::string_view caption, std::span<const std::string_view> headings) {
  std::string html = "<div class=\"scroll\">\n<table>\n<caption>";
  html.append(caption).append("</caption>\n<thead><tr>");
  for (const std::string_view heading : headings) {
    html += heading == "Cases" ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">";
    html.append(heading).append("</th>");
  }
  return html + "</tr></thead>\n<tbody>\n";
}

constexpr std::string_view kTableEnd = "</tbody>\n</table>\n</div>\n";

using Counts = std::map<std::pair<std::uint32_t, std::string_view>, std::size_t>;

/// The results with `verdict` by subject and by reason.
Counts CountReasons(const RunReport& report, Verdict verdict) {
  Counts counts;
  for (const RunReport::CaseResult& result : report.results) {
    if (result.verdict != verdict) continue;
    const Failure* failure = FailureOf(report, result);
    std::string_view reason;
    if (failure != nullptr) reason = failure->reason;
    if (verdict == Verdict::kExpectedFail && result.finding >= 0) {
      const auto& mistakes = report.findings[static_cast<std::size_t>(result.finding)].mistakes;
      if (!mistakes.empty()) reason = mistakes.front().sentence;
    }
    ++counts[{result.subject, reason}];
  }
  return counts;
}

std::string ReasonTable(const RunReport& report, std::string_view caption, const Counts& counts,
                        std::string_view without_reason) {
  if (counts.empty()) return "";
  constexpr std::string_view kHeadings[] = {"Subject", "Cases", "Reason"};
  std::string html = TableStart(caption, kHeadings);
  std::size_t shown = 0;
  for (const auto& [key, count] : counts) {
    if (++shown > kReasonsShown) break;
    html += "<tr class=\"item\"><th scope=\"row\">" + HtmlValue(report.subjects[key.first].id) +
            "</th><td class=\"number\">" + HtmlNumber(count) + "</td><td>" +
            HtmlText(key.second.empty() ? without_reason : key.second) + "</td></tr>\n";
  }
  html += kTableEnd;
  if (counts.size() > kReasonsShown) {
    html += "<p class=\"soft\">" + HtmlNumber(counts.size() - kReasonsShown) +
            " more reasons are not shown; the JSON report has all.</p>\n";
  }
  return html;
}

std::string Files(const RunReport::CorpusSummary& corpus) {
  std::string items;
  const std::size_t shown = std::min(corpus.files.size(), kFilesShown);
  for (const std::string& file : std::span(corpus.files).first(shown)) {
    items += "<li>" + Code(file) + "</li>\n";
  }
  if (shown < corpus.files.size()) {
    items += "<li>and " + HtmlNumber(corpus.files.size() - shown) + " more</li>\n";
  }
  return "<details><summary>" + Counted(corpus.files.size(), "file") + "</summary>\n<ul>\n" +
         items + "</ul>\n</details>";
}

/// How many selected cases each provenance has, those with most first.
std::string ProvenanceTable(const RunReport& report) {
  std::vector<std::size_t> cases(report.provenances.size());
  for (const RunReport::Case& c : report.cases) {
    if (c.provenance < cases.size()) ++cases[c.provenance];
  }
  std::map<std::string_view, std::pair<std::size_t, std::vector<std::size_t>>> kinds;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    auto& [count, members] = kinds[report.provenances[i].kind];
    count += cases[i];
    members.push_back(i);
  }
  if (kinds.empty()) return "";
  constexpr std::string_view kHeadings[] = {"Known from", "Cases", "Sources"};
  std::string html = TableStart("Where the expected values come from.", kHeadings);
  for (auto& [kind, rest] : kinds) {
    auto& [count, members] = rest;
    std::ranges::stable_sort(members, std::greater{}, [&](std::size_t i) { return cases[i]; });
    std::string items;
    const std::size_t shown = std::min(members.size(), kSourcesShown);
    for (const std::size_t i : std::span(members).first(shown)) {
      const RunReport::Provenance& provenance = report.provenances[i];
      std::vector<std::string> agree;
      agree.reserve(provenance.agree.size());
      for (const std::string& name : provenance.agree) agree.push_back(HtmlText(name));
      std::string source = HtmlText(provenance.source);
      if (!agree.empty()) {
        source += (source.empty() ? "" : "; ") + HtmlNames(agree, agree.size()) + " agree";
      }
      items += "<li>" + (source.empty() ? "not named" : source) + " (" + HtmlNumber(cases[i]) +
               ")</li>\n";
    }
    if (shown < members.size()) {
      items += "<li>and " + HtmlNumber(members.size() - shown) + " more</li>\n";
    }
    html += "<tr><th scope=\"row\">" + HtmlValue(kind) + "</th><td class=\"number\">" +
            HtmlNumber(count) + "</td><td>";
    html += members.size() == 1 ? "<ul>\n" + items + "</ul>"
                                : "<details><summary>" + Counted(members.size(), "source") +
                                      "</summary>\n<ul>\n" + items + "</ul>\n</details>";
    html += "</td></tr>\n";
  }
  return html.append(kTableEnd);
}

std::string Contested(const RunReport::CorpusSummary& corpus) {
  if (corpus.contested_left_out == 0) return "";
  std::string command = "sigvet run";
  for (const std::string& suite : corpus.contested_suites) {
    command += " --filter " + ShellQuote(suite);
  }
  return Counted(corpus.contested_left_out, "contested case") +
         "; to run them:" + HtmlCommand(command);
}

std::string Duration(std::int64_t ms) {
  if (ms < 1000) return std::to_string(ms) + " ms";
  const std::int64_t tenths = (ms + 50) / 100;
  if (tenths < 1200) {
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
  }
  return std::to_string(ms / 60000) + " min " + std::to_string(ms / 1000 % 60) + " s";
}

std::string SubjectTable(const RunReport& report) {
  if (report.subjects.empty()) return "";
  constexpr std::string_view kHeadings[] = {"Subject", "Kind", "Library or version", "Kernel"};
  std::string html = TableStart("Who was asked.", kHeadings);
  for (const RunReport::Subject& subject : report.subjects) {
    html += "<tr class=\"item\"><th scope=\"row\">" + HtmlValue(subject.id) + "</th><td>" +
            HtmlValue(subject.kind) + "</td>";
    if (!subject.unavailable_because.empty()) {
      html += "<td colspan=\"2\"><span class=\"warn\">could not run:</span> " +
              HtmlText(subject.unavailable_because) + "</td></tr>\n";
      continue;
    }
    html += "<td>" + (subject.library.empty() ? "not known" : HtmlValue(subject.library)) +
            "</td><td>" + HtmlValue(subject.kernel) + "</td></tr>\n";
  }
  return html.append(kTableEnd);
}

std::string StderrOfSubjects(const RunReport& report) {
  std::string html;
  for (const RunReport::Subject& subject : report.subjects) {
    const std::string lines = HtmlStderr(subject.stderr_tail);
    if (lines.empty()) continue;
    html += "<details><summary>What <b class=\"who\">" + HtmlValue(subject.id) +
            "</b> wrote to standard error, at last</summary>\n" + lines + "</details>\n";
  }
  return html;
}

}  // namespace

HtmlSection NotCountedSection(const RunReport& report) {
  std::string body = ReasonTable(report, "Known failures that failed as expected.",
                                 CountReasons(report, Verdict::kExpectedFail), "");
  const std::string known = KnownFindingItems(report);
  if (!known.empty()) body += "<h3>The mistakes behind them</h3>\n<ul>\n" + known + "</ul>\n";
  body += ReasonTable(report, "Cases that were skipped.", CountReasons(report, Verdict::kSkip),
                      "not run");
  return {"not-counted", "Known failures and skips", body};
}

HtmlSection CorpusSection(const RunReport& report) {
  const RunReport::CorpusSummary& corpus = report.corpus;
  const RunReport::Context& context = report.context;
  std::string cases = HtmlNumber(corpus.case_count);
  if (report.cases.size() != corpus.case_count) {
    cases += ", of which " + HtmlNumber(report.cases.size()) + " were selected";
  }
  const bool built_in = context.corpus_paths.empty() && context.suite_paths.empty();
  std::string body = "<dl>\n" + HtmlPair("Cases", cases);
  body += HtmlPair("Digest", Code(corpus.digest));
  body += HtmlPair("Given as", built_in ? "the one that is built in" : "");
  body += HtmlPair("Given as", CodeList(context.corpus_paths));
  body += HtmlPair("Suites of others", CodeList(context.suite_paths));
  body += HtmlPair("Files", Files(corpus));
  body += HtmlPair("Filter", CodeList(context.filters));
  body += HtmlPair("Left out", CodeList(context.skips));
  body += HtmlPair("Must be run", CodeList(context.required_operations));
  body += HtmlPair("Known failures", CodeList(context.known_failing_paths));
  if (context.shard_count > 0) {
    body += HtmlPair("Part",
                     HtmlNumber(context.shard_index) + " of " + HtmlNumber(context.shard_count));
  }
  body += HtmlPair("Left out", Contested(corpus));
  body += "</dl>\n" + ProvenanceTable(report);
  return {"corpus", "Corpus", body};
}

HtmlSection EnvironmentSection(const RunReport& report) {
  const RunReport::Context& context = report.context;
  std::string body = SubjectTable(report) + StderrOfSubjects(report);
  body += "<dl>\n" + HtmlPair("sigvet", HtmlValue(context.sigvet_version));
  body += HtmlPair("System", HtmlValue(context.system));
  body += HtmlPair("Started", HtmlTime(context.started_at));
  body += HtmlPair("Took", Duration(context.elapsed_ms));
  if (context.repeat > 1) body += HtmlPair("Asked", HtmlNumber(context.repeat) + " times each");
  return {"environment", "Environment", body + "</dl>\n"};
}

}  // namespace sigvet
