#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sigvet {

/// The candidate that `word` is most likely a misspelling of: the one with the fewest insertions,
/// deletions, replacements and swaps of neighbours, at most a third of its length. Empty where none
/// is near enough. Letter case does not count.
std::string_view Nearest(std::string_view word, std::span<const std::string_view> candidates);

/// `did you mean "nearest"?`, or empty.
std::string DidYouMean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace sigvet
