#include "bench/compare.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace sigvet {
namespace {

constexpr std::string_view kReference = "openssl";
constexpr double kSameWithin = 0.01;

/// The series of a workload, and of each the nanoseconds an item.
struct Group {
  std::vector<const BenchSeries*> series;
  std::vector<std::vector<double>> times;
};

/// By workload, in the report's order.
template <typename Takes>
std::vector<Group> GroupSeries(const BenchReport& report, const Takes& takes) {
  std::vector<Group> groups;
  for (const BenchSeries& series : report.series) {
    if (series.samples.empty() || !takes(series)) continue;
    const auto same = [&](const Group& group) {
      return group.series.front()->workload == series.workload;
    };
    auto group = std::ranges::find_if(groups, same);
    if (group == groups.end()) group = groups.insert(group, Group{});
    group->series.push_back(&series);
    group->times.push_back(series.NsPerItem());
  }
  return groups;
}

/// Round by round, `times` as multiples of `reference`.
std::vector<double> Ratios(std::span<const double> times, std::span<const double> reference) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(times.size(), reference.size()); ++i) {
    if (times[i] > 0 && reference[i] > 0) ratios.push_back(times[i] / reference[i]);
  }
  return ratios;
}

/// Which series of `group` the others are held against.
std::size_t ReferenceOf(const Group& group) {
  std::size_t slowest = 0;
  for (std::size_t i = 0; i < group.series.size(); ++i) {
    if (group.series[i]->contender == kReference) return i;
    if (Median(group.times[i]) > Median(group.times[slowest])) slowest = i;
  }
  return slowest;
}

BenchComparison Compare(const Group& group) {
  const std::size_t reference = ReferenceOf(group);
  BenchComparison comparison = {group.series.front()->workload,
                                group.series.front()->item,
                                group.series[reference]->contender,
                                {}};
  for (std::size_t i = 0; i < group.series.size(); ++i) {
    const std::vector<double>& times = group.times[i];
    BenchRow row = {group.series[i]->contender, Median(times), MedianInterval(times), 0, {0, 0}};
    // Where no round says how many times as fast, it stays 0.
    const std::vector<double> ratios = Ratios(group.times[reference], times);
    if (!ratios.empty()) {
      row.times = Median(ratios);
      row.times_interval = MedianInterval(ratios);
    }
    comparison.rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(comparison.rows, {},
                           [](const BenchRow& row) { return std::pair(-row.times, row.median); });
  return comparison;
}

BenchChoice Choose(const Group& group) {
  const BenchComparison comparison = Compare(group);
  const auto times_of = [&group](const BenchRow& row) -> std::span<const double> {
    const auto found = std::ranges::find(group.series, row.contender, &BenchSeries::contender);
    return group.times[static_cast<std::size_t>(found - group.series.begin())];
  };
  const BenchRow& fastest = comparison.rows.front();
  BenchChoice choice;
  choice.workload = group.series.front()->workload;
  for (const BenchRow& row : comparison.rows) {
    const std::vector<double> slower = Ratios(times_of(row), times_of(fastest));
    const double median = slower.empty() ? 1 : Median(slower);
    const Interval interval = slower.empty() ? Interval{1, 1} : MedianInterval(slower);
    const bool same = median <= 1 + kSameWithin || interval.low <= 1;
    if (same) {
      choice.best.push_back(row.contender);
    } else if (choice.next.empty()) {
      choice.next = row.contender;
      choice.times = median;
      choice.interval = interval;
    }
  }
  return choice;
}

}  // namespace

double BenchRow::Spread() const { return median > 0 ? (interval.high - interval.low) / median : 0; }

std::vector<BenchComparison> CompareBench(const BenchReport& report) {
  std::vector<BenchComparison> comparisons;
  for (const Group& group : GroupSeries(report, [](const BenchSeries&) { return true; })) {
    comparisons.push_back(Compare(group));
  }
  return comparisons;
}

std::vector<BenchChoice> ChooseBackends(const BenchReport& report,
                                        std::span<const std::string> backends) {
  const auto takes = [&](const BenchSeries& series) {
    return std::ranges::find(backends, series.contender) != backends.end();
  };
  std::vector<BenchChoice> choices;
  for (const Group& group : GroupSeries(report, takes)) choices.push_back(Choose(group));
  return choices;
}

}  // namespace sigvet
