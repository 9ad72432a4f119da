#pragma once

#include <cstddef>
#include <random>

#include "harness/run/run_report.h"

namespace sigvet {

/// An interrupted run with everything in it: each verdict, bytes that are not UTF-8, control
/// characters, quotes, markup, long values, an unavailable subject, problems.
RunReport SampleReport();

/// A run of ports: what only they do wrong, and what they write to standard error.
RunReport PortsReport();

/// Every subject passes every case of the built-in corpus; subjects are "subject-01" and so on.
RunReport PassingReport(std::size_t subject_count, std::size_t suite_count,
                        std::size_t cases_per_suite);

/// Every verdict somewhere and random bytes in every string, also in ids.
RunReport RandomReport(std::mt19937& random);

}  // namespace sigvet
