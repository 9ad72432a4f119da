#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sigvet {

/// The first line in which two texts part.
struct StageDifference {
  /// From 1.
  std::size_t line = 0;
  /// What stands in that line, as in "the query" or "the header content-type".
  std::string what;
  /// The lines without their ends; absent where the text is over before.
  std::optional<std::string> expected;
  std::optional<std::string> actual;
  /// What the difference most likely comes from: a guess from these lines alone. May be empty.
  std::string likely;
  /// What differs besides, as in "the query"; without what is only in another place.
  std::vector<std::string> further = {};
};

/// Where two canonical requests part; nullopt where they are equal.
std::optional<StageDifference> CompareCanonicalRequests(std::string_view expected,
                                                        std::string_view actual);

/// Where two strings to sign part; nullopt where they are equal.
std::optional<StageDifference> CompareStringsToSign(std::string_view expected,
                                                    std::string_view actual);

}  // namespace sigvet
