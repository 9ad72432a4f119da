#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/stage_difference.h"

namespace sigvet {

using Lines = std::vector<std::string_view>;

/// The parts of `text` between separators; one where there is none.
Lines Split(std::string_view text, char separator);

inline constexpr std::string_view kCarriageReturn =
    "the line ends in a carriage return: end lines by LF alone";

bool HasCarriageReturn(std::string_view expected, std::string_view actual);

/// Lines `begin` to `end` of a canonical request are headers.
struct HeaderLines {
  std::size_t begin = 3;
  std::size_t end = 3;
};

HeaderLines FindHeaders(const Lines& lines);

/// The line that differs; empty where the text is over before.
std::string_view LineAt(const Lines& lines, const StageDifference& difference);

/// The first line that differs, without words; nullopt where there is none.
std::optional<StageDifference> FirstDifference(const Lines& wanted, const Lines& given);

/// Describes a line that `given` has after the last one of the text.
void DescribeSurplus(const Lines& given, StageDifference& difference);

/// What differs between two canonical requests besides `first`, headers by their names; empty where
/// one of them has not the form of a canonical request.
std::vector<std::string> FurtherDifferences(const Lines& wanted, const Lines& given,
                                            std::string_view first);

}  // namespace sigvet
