#include "reports/html_matrix.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "reports/console_text.h"
#include "reports/html_parts.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

constexpr std::size_t kRowsShown = 300;
constexpr std::size_t kLinksShown = 3;

/// The suites in which a case ran, all of them where none did.
std::vector<std::size_t> FindRan(const RunReport& report, std::span<const Tally> tallies) {
  std::vector<std::size_t> all(report.suites.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<std::size_t> ran;
  const std::size_t subjects = report.subjects.size();
  std::ranges::copy_if(all, std::back_inserter(ran), [&](std::size_t suite) {
    return std::ranges::any_of(tallies.subspan(suite * subjects, subjects),
                               [](const Tally& tally) { return tally.passed + tally.failed > 0; });
  });
  return ran.empty() ? all : ran;
}

/// Of very many suites, those in which something failed first.
std::vector<std::size_t> Shown(std::vector<std::size_t> rows, std::size_t subjects,
                               std::span<const Tally> tallies) {
  if (rows.size() <= kRowsShown) return rows;
  std::ranges::stable_partition(rows, [&](std::size_t suite) {
    return std::ranges::any_of(tallies.subspan(suite * subjects, subjects),
                               [](const Tally& tally) { return tally.failed > 0; });
  });
  rows.resize(kRowsShown);
  return rows;
}

std::string LeftOutNote(std::size_t suites, std::size_t ran, std::size_t shown) {
  std::string html;
  if (shown < ran) {
    html = "<p class=\"soft\">" + HtmlNumber(ran - shown) +
           " more suites are not shown; those in which something failed come first.</p>\n";
  }
  if (ran < suites) {
    html += "<p class=\"soft\">" + Counted(suites - ran, "suite") +
            " in which nothing ran: not shown.</p>\n";
  }
  return html;
}

std::string Links(const std::vector<std::string>& ids) {
  if (ids.empty()) return "";
  std::string html;
  const std::size_t shown = std::min(ids.size(), kLinksShown);
  for (const std::string& id : std::span(ids).first(shown)) {
    html.append(html.empty() ? "" : " ").append("<a href=\"#").append(id).append("\">");
    html.append(id).append("</a>");
  }
  if (shown < ids.size()) html += " +" + HtmlNumber(ids.size() - shown);
  return " <span class=\"why\">" + html + "</span>";
}

std::string Cell(const Tally& tally, const std::vector<std::string>& ids) {
  const std::uint32_t ran = tally.passed + tally.failed;
  if (ran == 0) return "<td class=\"number soft\">not run</td>";
  std::string html = "<td class=\"number ";
  if (tally.failed == 0) {
    html += "passed\"><span class=\"good\">\u2713</span> " + HtmlNumber(tally.passed);
  } else {
    html += "failed\"><span class=\"bad\">\u2717</span> <b>" + HtmlNumber(tally.passed) + "/" +
            HtmlNumber(ran) + "</b>";
  }
  if (tally.skipped > 0) {
    html += " <span class=\"soft\">+" + HtmlNumber(tally.skipped) + "</span>";
  }
  return html + Links(ids) + "</td>";
}

std::string Legend(std::span<const Tally> tallies) {
  const bool failed =
      std::ranges::any_of(tallies, [](const Tally& tally) { return tally.failed > 0; });
  const bool skipped =
      std::ranges::any_of(tallies, [](const Tally& tally) { return tally.skipped > 0; });
  std::string html = "Cases that passed, by suite and subject.";
  if (failed) html += " \u2717 3/4: of 4 that ran 3 passed; the links lead to why.";
  if (skipped) html += " +5: 5 more were skipped.";
  return html;
}

}  // namespace

HtmlSection MatrixSection(const RunReport& report, const HtmlLinks& links) {
  const std::vector<std::size_t> columns = AvailableSubjects(report);
  if (report.cases.empty() || columns.empty()) return {};
  const std::vector<Tally> tallies = TallySuites(report);
  const std::vector<std::uint32_t> counts = CountCases(report);
  const std::vector<std::size_t> ran = FindRan(report, tallies);
  const std::vector<std::size_t> rows = Shown(ran, report.subjects.size(), tallies);

  std::string html = "<div class=\"scroll\">\n<table class=\"matrix\">\n<caption>" +
                     Legend(tallies) +
                     "</caption>\n<thead><tr><th scope=\"col\">Suite</th>"
                     "<th scope=\"col\" class=\"number\">Cases</th>";
  for (const std::size_t subject : columns) {
    html +=
        "<th scope=\"col\" class=\"number\">" + HtmlValue(report.subjects[subject].id) + "</th>";
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const std::size_t suite : rows) {
    html += "<tr class=\"item\"><th scope=\"row\">" + HtmlValue(report.suites[suite]) +
            "</th><td class=\"number\">" + HtmlNumber(counts[suite]) + "</td>";
    for (const std::size_t subject : columns) {
      html += Cell(tallies[suite * report.subjects.size() + subject], links.Of(suite, subject));
    }
    html += "</tr>\n";
  }
  html += "</tbody>\n<tfoot><tr><th scope=\"row\">Total</th><td class=\"number\">" +
          HtmlNumber(report.cases.size()) + "</td>";
  for (const std::size_t subject : columns) {
    Tally total;
    for (std::size_t suite = 0; suite < report.suites.size(); ++suite) {
      total += tallies[suite * report.subjects.size() + subject];
    }
    html += Cell(total, {});
  }
  html += "</tr></tfoot>\n</table>\n</div>\n";
  html += LeftOutNote(report.suites.size(), ran.size(), rows.size());
  return {"results", "Results", html};
}

}  // namespace sigvet
