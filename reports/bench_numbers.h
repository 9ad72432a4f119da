#pragma once

#include <string>
#include <string_view>

#include "bench/bench_report.h"
#include "bench/compare.h"

// What all that shows a benchmark's results says alike.

namespace sigvet {

/// Whether the contender is a library in the form that people write.
bool IsNaive(std::string_view contender);

/// Whether `contender` is the backend of that id, or a form of it.
bool IsFormOf(std::string_view contender, std::string_view backend);

/// The library behind `contender`, with its version; empty where there is none, as for the harness.
std::string_view LibraryOf(const BenchContext& context, std::string_view contender);

/// The kernel of the built-in backend that `contender` ran on; empty for others.
std::string_view KernelOf(const BenchContext& context, std::string_view contender);

/// What the workload of that id does, in one line; empty where this program does not know it.
std::string_view TitleOfWorkload(std::string_view workload);

/// How many rounds there were.
std::size_t RoundsOf(const BenchReport& report);

/// What is wider, as a part of what it is the interval of, says little; and how that is marked.
inline constexpr double kWide = 0.1;
inline constexpr std::string_view kWideMark = "~";
bool IsWide(const BenchRow& row);
bool IsWide(const BenchChoice& choice);

struct TimeUnit {
  std::string_view name;
  double nanoseconds;
};

/// The smallest unit in which `nanoseconds` are fewer than ten thousand: what backends do stays in
/// nanoseconds, whichever of them is the fastest, and tables compare with each other.
TimeUnit UnitFor(double nanoseconds);

/// `value` with so many decimals and a dot before them, whatever the locale is.
std::string Fixed(double value, int decimals);

/// How many decimals make three digits of `value`.
int DecimalsFor(double value);

/// `value` with three digits that count, as in "0.523", "3.41", "12.4" and "807".
std::string ThreeDigits(double value);

/// The megabytes that pass in a second where a byte takes `nanoseconds`.
std::string Throughput(double nanoseconds);

/// "3.36"; "-" where no round says how many times as fast.
std::string TimesAsFast(double times);

}  // namespace sigvet
