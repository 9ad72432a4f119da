#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "harness/run/run_report.h"

// What the page of a run is made of. All return HTML.

namespace sigvet {

/// A pair of a <dl>: the term is plain text, the description HTML. Empty without a description.
std::string HtmlPair(std::string_view term, std::string_view description);

/// "1,022": digits in groups of three.
std::string HtmlNumber(std::size_t number);

/// "2026-11-21T20:22:00Z" as "2026-11-21 20:22 UTC"; other text as it is.
std::string HtmlTime(std::string_view time);

/// Names with commas and a last "and", of which at most `most` are named. They are HTML.
std::string HtmlNames(std::span<const std::string> names, std::size_t most);

/// The expected and the actual value of `failure`, or the one that there is, with what differs
/// marked.
std::string HtmlValues(const Failure& failure);

/// A command to copy.
std::string HtmlCommand(std::string_view command);

/// The end of what was written to standard error; empty where nothing was.
std::string HtmlStderr(std::string_view tail);

/// One failure, told in whole: which case and why it exists, what differs, how to repeat it. No
/// subject: a matter of all.
std::string HtmlExample(const RunReport& report, std::uint32_t case_index,
                        const RunReport::Subject* subject, const Failure* failure);

/// How many failures and what `cases` (ascending, each once) are called, by suite, of which so many
/// are named that a page stays small.
std::string HtmlCaseList(const RunReport& report, std::span<const std::uint32_t> cases);

}  // namespace sigvet
