#include "reports/html_parts.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/html_page.h"
#include "reports/stderr_text.h"
#include "reports/tally.h"
#include "reports/value_cells.h"

namespace sigvet {
namespace {

constexpr std::size_t kStderrLines = 30;
constexpr std::size_t kStderrColumns = 300;

/// Cases that are listed openly, those that are named at all, and those of one suite.
constexpr std::size_t kFewCases = 8;
constexpr std::size_t kMostCases = 400;

std::string Cells(const ValueLine& line) {
  const std::string tag = line.label == "expected" ? "ins" : "del";
  std::string html;
  bool open = false;
  for (const ValueCell& cell : line.cells) {
    if (cell.differs != open) html += (open ? "</" : "<") + tag + ">";
    open = cell.differs;
    html += EscapeHtml(cell.text);
  }
  if (open) html += "</" + tag + ">";
  return html;
}

std::string ValueLines(std::span<const ValueLine> lines) {
  std::string html;
  std::string notes;
  for (const ValueLine& line : lines) {
    if (line.label == "note") {
      notes += "<p>" + EscapeHtml(line.words) + "</p>\n";
    } else {
      html += html.empty() ? "" : "\n";
      html += "<span class=\"label\">" + PadRight(line.label, 10) + "</span>";
      html += line.cells.empty() ? EscapeHtml(line.words) : Cells(line);
    }
  }
  return html.empty() ? "" : "<pre class=\"values\">" + html + "</pre>\n" + notes;
}

/// "published, RFC 4648 section 10".
std::string ProvenanceText(const RunReport& report, const RunReport::Case& c) {
  if (c.provenance >= report.provenances.size()) return "";
  const RunReport::Provenance& provenance = report.provenances[c.provenance];
  std::string html = HtmlValue(provenance.kind);
  if (!provenance.source.empty()) html += ", " + HtmlText(provenance.source);
  std::string agree;
  for (const std::string& name : provenance.agree) {
    agree.append(agree.empty() ? "" : ", ").append(HtmlText(name));
  }
  return agree.empty() ? html : html + ": " + agree + " agree";
}

}  // namespace

std::string HtmlPair(std::string_view term, std::string_view description) {
  if (description.empty()) return "";
  return std::string("<dt>").append(term).append("</dt><dd>").append(description).append("</dd>\n");
}

std::string HtmlNumber(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string HtmlTime(std::string_view time) {
  constexpr std::string_view kForm = "2026-11-21T20:22:00Z";
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool known = std::ranges::equal(
      time, kForm, [&](char a, char b) { return is_digit(b) ? is_digit(a) : a == b; });
  if (!known) return HtmlValue(time);
  return std::string("<time datetime=\"")
      .append(time)
      .append("\">")
      .append(time.substr(0, 10))
      .append(" ")
      .append(time.substr(11, 5))
      .append(" UTC</time>");
}

std::string HtmlNames(std::span<const std::string> names, std::size_t most) {
  const std::size_t named = names.size() > most ? most : names.size();
  std::string html;
  for (std::size_t i = 0; i < named; ++i) {
    const bool last = i + 1 == names.size();
    html.append(i == 0 ? "" : last ? " and " : ", ").append(names[i]);
  }
  if (named < names.size()) html += " and " + HtmlNumber(names.size() - named) + " more";
  return html;
}

std::string HtmlValues(const Failure& failure) {
  if (!failure.expected_part.empty() || !failure.actual_part.empty()) {
    return ValueLines(CompareValues(failure.expected_part, failure.actual_part));
  }
  if (failure.stage_number != 0) {
    return ValueLines(CompareValues(failure.expected, failure.actual));
  }
  std::vector<ValueLine> lines;
  if (!failure.expected.empty()) lines.push_back(DescribeValue("expected", failure.expected));
  if (!failure.actual.empty()) lines.push_back(DescribeValue("actual", failure.actual));
  return ValueLines(lines);
}

std::string HtmlCommand(std::string_view command) {
  return "<pre class=\"copy\">" + EscapeHtml(command) + "</pre>\n";
}

std::string HtmlStderr(std::string_view tail) {
  std::string lines;
  for (const std::string& line : StderrLines(tail, kStderrLines)) {
    lines += EscapeHtml(ShortenMiddle(line, kStderrColumns)) + "\n";
  }
  return lines.empty() ? "" : "<pre>" + lines + "</pre>\n";
}

std::string HtmlExample(const RunReport& report, std::uint32_t case_index,
                        const RunReport::Subject* subject, const Failure* failure) {
  const RunReport::Case& c = report.cases[case_index];
  std::string html;
  if (failure != nullptr) html += HtmlValues(*failure);
  html += "<dl>\n";
  if (failure != nullptr) html += HtmlPair("Hint", HtmlText(failure->hint));
  html += HtmlPair("About", HtmlText(c.why));
  const std::string place = report.corpus.files[c.file] + ":" + std::to_string(c.line);
  html += HtmlPair("Stands in", "<code>" + HtmlValue(place) + "</code>");
  html += HtmlPair("Known from", ProvenanceText(report, c));
  const std::string command = RepeatCommand(report, case_index, subject, failure);
  html += HtmlPair(command.starts_with("sigvet run") ? "Repeat" : "Show", HtmlCommand(command));
  if (failure != nullptr) html += HtmlPair("Standard error", HtmlStderr(failure->stderr_tail));
  return html + "</dl>\n";
}

std::string HtmlCaseList(const RunReport& report, std::span<const std::uint32_t> cases) {
  std::vector<std::vector<std::uint32_t>> suites(report.suites.size());
  for (const std::uint32_t index : cases) suites[report.cases[index].suite].push_back(index);
  const auto filled = static_cast<std::size_t>(
      std::ranges::count_if(suites, [](const auto& suite) { return !suite.empty(); }));
  const std::size_t per_suite =
      std::max<std::size_t>(kMostCases / std::max<std::size_t>(filled, 1), 1);
  std::string items;
  std::size_t named = 0;
  for (std::size_t i = 0; i < suites.size() && named < kMostCases; ++i) {
    if (suites[i].empty()) continue;
    std::vector<std::string> names;
    for (const std::uint32_t index : suites[i]) {
      if (names.size() == per_suite) break;
      names.push_back("<code>" + HtmlValue(CaseName(report, report.cases[index])) + "</code>");
    }
    named += names.size();
    items += "<li>" + HtmlValue(report.suites[i]) + " (" + HtmlNumber(suites[i].size()) + "): ";
    for (const std::string& name : names) items += (&name == names.data() ? "" : ", ") + name;
    if (names.size() < suites[i].size()) {
      items += " and " + HtmlNumber(suites[i].size() - names.size()) + " more";
    }
    items += "</li>\n";
  }
  std::string html = "<ul class=\"cases\">\n" + items + "</ul>\n";
  if (named < cases.size()) {
    html += "<p class=\"soft\">" + HtmlNumber(cases.size() - named) +
            " are not named here; the JSON report has all.</p>\n";
  }
  if (cases.size() <= kFewCases) return html;
  return "<details><summary>All " + HtmlNumber(cases.size()) + " cases</summary>\n" + html +
         "</details>\n";
}

}  // namespace sigvet
