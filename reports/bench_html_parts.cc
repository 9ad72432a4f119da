#include "reports/bench_html_parts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <vector>

#include "base/utf8.h"
#include "reports/bench_numbers.h"
#include "reports/bench_svg.h"
#include "reports/console_text.h"
#include "reports/html_page.h"
#include "reports/html_parts.h"

namespace sigvet {
namespace {

constexpr std::size_t kNameColumns = 28;
constexpr std::size_t kItemColumns = 24;

/// How the times of a workload are written: in one unit for all, so that rows compare at a glance.
class Times {
 public:
  explicit Times(const BenchComparison& comparison)
      : unit_(UnitFor(comparison.rows.front().median)),
        decimals_(DecimalsFor(comparison.rows.front().median / unit_.nanoseconds)) {}

  double InUnit(double nanoseconds) const { return nanoseconds / unit_.nanoseconds; }
  std::string Show(double nanoseconds) const { return Fixed(InUnit(nanoseconds), decimals_); }
  std::string ShowInterval(const BenchRow& row) const {
    return Show(row.interval.low) + ".." + Show(row.interval.high) +
           std::string(IsWide(row) ? kWideMark : "");
  }
  std::string_view unit() const { return unit_.name == "us" ? "µs" : unit_.name; }

 private:
  TimeUnit unit_;
  int decimals_;
};

std::string ItemOf(const BenchComparison& comparison) {
  return ShortenMiddle(Visible(comparison.item), kItemColumns);
}

std::string NameOf(std::string_view contender) {
  return ShortenMiddle(Visible(contender), kNameColumns);
}

std::string Chart(const BenchComparison& comparison) {
  if (comparison.rows.size() < 2) return "";
  const Times times(comparison);
  const std::string per_item = std::string(times.unit()) + " per " + ItemOf(comparison);
  std::string said = "Medians with 95 % intervals, in " + per_item + ": ";
  std::vector<BenchBar> bars;
  for (const BenchRow& row : comparison.rows) {
    const std::string wide(IsWide(row) ? kWideMark : "");
    said += (bars.empty() ? "" : ", ") + NameOf(row.contender) + " " + times.Show(row.median);
    bars.push_back({.label = NameOf(row.contender),
                    .value = times.Show(row.median) + wide + " " + std::string(times.unit()),
                    .length = times.InUnit(row.median),
                    .low = times.InUnit(row.interval.low),
                    .high = times.InUnit(row.interval.high),
                    .is_best = bars.empty(),
                    .is_hatched = IsNaive(row.contender)});
  }
  return "<figure>\n" + RenderBars(bars, said, WorkloadAnchor(comparison.workload)) +
         "<figcaption class=\"soft\">" + EscapeHtml(per_item) +
         ", shorter is faster</figcaption>\n</figure>\n";
}

std::string NumberCell(const std::string& text) {
  return "<td class=\"number\">" + EscapeHtml(text) + "</td>";
}

std::string RowHtml(const BenchComparison& comparison, const BenchRow& row, const Times& times) {
  std::string html = "<tr><th scope=\"row\">" + EscapeHtml(NameOf(row.contender)) + "</th>" +
                     NumberCell(times.Show(row.median)) + NumberCell(times.ShowInterval(row));
  if (comparison.item == "byte") html += NumberCell(Throughput(row.median));
  if (comparison.rows.size() > 1) {
    html += "<td class=\"number\">" + TimesAsFast(row.times) + " <span class=\"soft\">(" +
            TimesAsFast(row.times_interval.low) + ".." + TimesAsFast(row.times_interval.high) +
            ")</span></td>";
  }
  return html + "</tr>\n";
}

std::string Table(const BenchComparison& comparison) {
  const Times times(comparison);
  const auto heading = [](const std::string& text) {
    return "<th scope=\"col\" class=\"number\">" + EscapeHtml(text) + "</th>";
  };
  std::string html =
      "<div class=\"scroll\">\n<table>\n<caption>" + Counted(comparison.rows.size(), "contender") +
      (comparison.rows.size() > 1 ? ", the fastest first" : "") +
      "</caption>\n<thead><tr><th scope=\"col\">Backend</th>" +
      heading(std::string(times.unit()) + "/" + ItemOf(comparison)) + heading("95 % interval");
  if (comparison.item == "byte") html += heading("MB/s");
  if (comparison.rows.size() > 1) {
    html += heading("× " + NameOf(comparison.reference));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const BenchRow& row : comparison.rows) html += RowHtml(comparison, row, times);
  return html + "</tbody>\n</table>\n</div>\n";
}

std::string WorkloadHtml(const BenchComparison& comparison) {
  const std::string id = WorkloadAnchor(comparison.workload);
  std::string html = "<article class=\"item\" id=\"" + id + "\">\n<h3>" +
                     HtmlValue(comparison.workload) + "</h3>\n";
  const std::string title = HtmlText(TitleOfWorkload(comparison.workload));
  if (!title.empty()) html += "<p class=\"soft\">" + title + "</p>\n";
  const std::string chart = Chart(comparison);
  const std::string table = Table(comparison);
  if (chart.empty()) return html + table + "</article>\n";
  return html + "<div class=\"beside\">\n" + chart + table + "</div>\n</article>\n";
}

std::string Names(std::span<const std::string> names) {
  std::string html;
  for (const std::string& name : names) {
    html.append(html.empty() ? "" : ", ").append(HtmlText(name));
  }
  return html;
}

/// Not from AllContenders(), which are those of this build: the report may be another's.
std::string FormOf(const BenchContext& context, std::string_view contender) {
  const std::string kernel = HtmlText(KernelOf(context, contender));
  if (!kernel.empty()) return "kernel " + kernel;
  if (IsNaive(contender)) return "as people write it";
  const auto is_backend = [&](const auto& library) { return library.first == contender; };
  if (std::ranges::any_of(context.libraries, is_backend)) return "at its best";
  return LibraryOf(context, contender).empty() ? "sigvet itself" : "another form";
}

std::string CachesOf(const BenchContext& context) {
  std::string text;
  for (const CpuCache& cache : context.caches) {
    text.append(text.empty() ? "" : ", ").append("L" + std::to_string(cache.level) + " ");
    text += HtmlText(cache.type) + " " + HtmlNumber(cache.bytes / 1024) + " KiB";
  }
  return text;
}

std::string LoadOf(const BenchContext& context) {
  std::string text;
  for (const double load : context.load_avg) {
    text.append(text.empty() ? "" : ", ").append(Fixed(load, 2));
  }
  return text.empty() ? text : text + " over 1, 5 and 15 minutes before";
}

}  // namespace

std::string WorkloadAnchor(std::string_view workload) {
  // Ids of workloads have these characters alone. Others become what no such id has.
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string anchor = "w-";
  for (const char c : workload) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (plain) {
      anchor += c;
    } else {
      anchor.append("_").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 15U]);
    }
  }
  return anchor;
}

std::string WorkloadsHtml(std::span<const BenchComparison> comparisons) {
  std::string html =
      "<p>Bars are medians: shorter is faster. The mark at the end of a bar is its 95 % interval; "
      "one wider than 10 % has a " +
      std::string(kWideMark) +
      ". Hatched: the form that people write. ×: how many times as fast as the one that is named, "
      "within a round.</p>\n";
  for (const BenchComparison& comparison : comparisons) html += WorkloadHtml(comparison);
  return comparisons.empty() ? "" : html;
}

std::string ContendersHtml(const BenchReport& report) {
  std::set<std::string_view> seen;
  std::string html;
  for (const BenchSeries& series : report.series) {
    if (!seen.insert(series.contender).second) continue;
    const std::string library = HtmlText(LibraryOf(report.context, series.contender));
    html += "<tr><th scope=\"row\">" + EscapeHtml(NameOf(series.contender)) + "</th><td>" +
            library + "</td><td>" + FormOf(report.context, series.contender) + "</td></tr>\n";
  }
  if (html.empty()) return "";
  return "<div class=\"scroll\">\n<table>\n<caption>Every library that was timed, and in which "
         "form</caption>\n<thead><tr><th scope=\"col\">Name</th>"
         "<th scope=\"col\">Library</th><th scope=\"col\">Form</th></tr></thead>\n<tbody>\n" +
         html + "</tbody>\n</table>\n</div>\n";
}

std::string EnvironmentHtml(const BenchContext& context) {
  std::string cpus = context.cpus == 0 ? "" : Counted(context.cpus, "processor");
  if (context.mhz > 0) cpus += ", " + HtmlNumber(context.mhz) + " MHz";
  if (context.cpu_scaling) cpus += ", whose clock the system changes";
  std::string html = "<dl>\n" + HtmlPair("CPU", HtmlText(context.cpu)) +
                     HtmlPair("Processors", cpus) + HtmlPair("Caches", CachesOf(context)) +
                     HtmlPair("CPU features", Names(context.cpu_features)) +
                     HtmlPair("Masked", Names(context.masks)) + HtmlPair("Load", LoadOf(context)) +
                     HtmlPair("Build", HtmlText(context.build)) +
                     HtmlPair("Kernel of builtin", HtmlText(context.kernel));
  std::string libraries;
  for (const auto& [id, library] : context.libraries) {
    libraries.append(libraries.empty() ? "" : ", ").append(HtmlText(library));
  }
  html += HtmlPair("Libraries", libraries) + HtmlPair("Date", HtmlText(context.date)) +
          HtmlPair("Corpus digest", HtmlText(context.corpus_digest));
  return html + "</dl>\n";
}

}  // namespace sigvet
