#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "bench/compare.h"
#include "reports/bench_numbers.h"
#include "reports/report.h"

namespace sigvet {
namespace {

constexpr std::string_view kHeader =
    "workload,contender,library,kernel,is_naive,item,samples,median_ns,median_ns_low,"
    "median_ns_high,items_per_second,reference,times_as_fast,times_as_fast_low,"
    "times_as_fast_high,date,cpu,build,sigvet_version";
constexpr std::string_view kLineEnd = "\r\n";  // RFC 4180, 2.1

/// Nine digits that count, more than any measurement has, and so the same with every compiler; no
/// exponent, and no zeros at the end.
std::string Number(double value) {
  constexpr int kDigits = 9;
  const int before_dot = value > 0 ? static_cast<int>(std::floor(std::log10(value))) + 1 : 1;
  std::string text = Fixed(value, std::max(0, kDigits - before_dot));
  if (text.find('.') == text.npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// A field of text; in quotes where it needs them (RFC 4180, 2.5 to 2.7). What a spreadsheet would
/// take for a formula begins with an apostrophe, as OWASP's "CSV Injection" advises.
std::string Text(std::string_view value) {
  std::string text = Printable(value);
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos) {
    text.insert(0, "'");
  }
  if (text.find_first_of(",\"'") == text.npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2U : 1U, c);
  return quoted + "\"";
}

std::size_t SamplesOf(const BenchReport& report, std::string_view workload,
                      std::string_view contender) {
  for (const BenchSeries& series : report.series) {
    if (series.workload == workload && series.contender == contender) return series.samples.size();
  }
  return 0;
}

std::vector<std::string> Fields(const BenchReport& report, const BenchComparison& comparison,
                                const BenchRow& row) {
  const BenchContext& context = report.context;
  std::vector<std::string> fields = {
      Text(comparison.workload),
      Text(row.contender),
      Text(LibraryOf(context, row.contender)),
      Text(KernelOf(context, row.contender)),
      IsNaive(row.contender) ? "true" : "false",
      Text(comparison.item),
      std::to_string(SamplesOf(report, comparison.workload, row.contender)),
      Number(row.median),
      Number(row.interval.low),
      Number(row.interval.high),
      row.median > 0 ? Number(1e9 / row.median) : "",
      Text(comparison.reference)};
  for (const double times : {row.times, row.times_interval.low, row.times_interval.high}) {
    fields.push_back(row.times > 0 ? Number(times) : "");
  }
  for (const std::string* text :
       {&context.date, &context.cpu, &context.build, &context.sigvet_version}) {
    fields.push_back(Text(*text));
  }
  return fields;
}

}  // namespace

std::string RenderBenchCsv(const BenchReport& report) {
  std::string csv(kHeader);
  csv += kLineEnd;
  for (const BenchComparison& comparison : CompareBench(report)) {
    for (const BenchRow& row : comparison.rows) {
      std::string line;
      for (const std::string& field : Fields(report, comparison, row)) {
        line.append(line.empty() ? "" : ",").append(field);
      }
      csv.append(line).append(kLineEnd);
    }
  }
  return csv;
}

}  // namespace sigvet
