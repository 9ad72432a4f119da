#include "reports/bench_numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "bench/workload.h"

namespace sigvet {
namespace {

constexpr std::string_view kBuiltin = "builtin";
constexpr double kUntilLarger = 1e4;

}  // namespace

bool IsNaive(std::string_view contender) { return contender.ends_with("-naive"); }

bool IsFormOf(std::string_view contender, std::string_view backend) {
  return contender.starts_with(backend) &&
         (contender.size() == backend.size() || contender[backend.size()] == '-');
}

std::string_view LibraryOf(const BenchContext& context, std::string_view contender) {
  for (const auto& [backend, library] : context.libraries) {
    if (IsFormOf(contender, backend)) return library;
  }
  return "";
}

std::string_view KernelOf(const BenchContext& context, std::string_view contender) {
  if (!IsFormOf(contender, kBuiltin)) return "";
  if (contender.size() == kBuiltin.size()) return context.kernel;
  return contender.substr(kBuiltin.size() + 1);
}

std::string_view TitleOfWorkload(std::string_view workload) {
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

bool IsWide(const BenchRow& row) { return row.Spread() > kWide; }

bool IsWide(const BenchChoice& choice) {
  return choice.interval.high - choice.interval.low > kWide * choice.times;
}

TimeUnit UnitFor(double nanoseconds) {
  static constexpr std::array<TimeUnit, 3> kUnits = {{{"ns", 1}, {"us", 1e3}, {"ms", 1e6}}};
  const auto fits = [=](const TimeUnit& unit) {
    return nanoseconds < kUntilLarger * unit.nanoseconds;
  };
  const auto* unit = std::ranges::find_if(kUnits, fits);
  return unit == kUnits.end() ? TimeUnit{"s", 1e9} : *unit;
}

std::string Fixed(double value, int decimals) {
  std::array<char, 400> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 std::chars_format::fixed, decimals);
  return {text.data(), end.ptr};
}

int DecimalsFor(double value) { return value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3; }

std::string ThreeDigits(double value) { return Fixed(value, DecimalsFor(value)); }

std::string Throughput(double nanoseconds) {
  return nanoseconds > 0 ? ThreeDigits(1000 / nanoseconds) : "-";
}

std::string TimesAsFast(double times) { return times > 0 ? Fixed(times, 2) : "-"; }

}  // namespace sigvet
