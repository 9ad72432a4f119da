#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "harness/run/run_report.h"
#include "reports/report.h"

// What paragraphs about failures are made of. Lines begin with kConsoleIndent and a label.

namespace sigvet {

inline constexpr std::string_view kConsoleIndent = "    ";

/// The expected and the actual value of `failure`, or the one that there is.
std::string RenderValues(const Failure& failure, const ConsoleStyle& style,
                         std::size_t indent = kConsoleIndent.size());

/// The end of what was written to standard error, `first` before its first line and as much room
/// before the others.
std::string RenderStderrLines(std::string_view first, std::string_view tail, std::size_t width);

/// As in `ses/published/rust-sample  vectors/ses/published.yaml:24`.
std::string CaseAndPlace(const RunReport& report, const RunReport::Case& c);

/// As in "wrong password (stage 6 of 6)".
std::string ReasonAndStage(const Failure& failure);

/// The command that runs the case again for `subject`, or for all where it takes all to see the
/// failure (`subject` is null). It is not broken into lines, so that it can be copied. For a
/// subject that a command line can't name, the command that shows the case.
std::string RepeatCommand(const RunReport& report, std::uint32_t case_index,
                          const RunReport::Subject* subject, const Failure* failure);

/// The same as a line of a paragraph.
std::string RenderRepeat(const RunReport& report, std::uint32_t case_index,
                         const RunReport::Subject* subject, const Failure* failure);

/// "ses/published: a, b; ses/regions: c, d and 30 more": of each suite the first `per_suite` of
/// `cases`, published ones first, and no more than `most` in all. `cases` are ascending indices
/// into RunReport::cases, each there once.
std::string CasesBySuite(const RunReport& report, std::span<const std::uint32_t> cases,
                         std::size_t per_suite, std::size_t most);

/// Whether the case is one that somebody published, which people trust most.
bool IsPublished(const RunReport& report, const RunReport::Case& c);

}  // namespace sigvet
