#include "harness/run/glob.h"

#include <vector>

namespace sigvet {

// Keeps for each prefix of `pattern` whether it matches what has been read of `id` so far, so that
// no pattern takes more than pattern x id steps.
bool GlobMatches(std::string_view pattern, std::string_view id) {
  std::vector<bool> matches(pattern.size() + 1);
  const auto is_star = [&](std::size_t i) { return i < pattern.size() && pattern[i] == '*'; };
  const auto pass_empty_stars = [&](std::vector<bool>& row) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (row[i] && is_star(i)) row[i + 1] = true;
    }
  };
  matches[0] = true;
  pass_empty_stars(matches);
  for (const char c : id) {
    if (c == '/' && matches[pattern.size()]) return true;
    std::vector<bool> next(pattern.size() + 1);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (!matches[i]) continue;
      const bool double_star = is_star(i) && (is_star(i + 1) || (i > 0 && is_star(i - 1)));
      if (is_star(i)) {
        if (c != '/' || double_star) next[i] = true;
      } else if (pattern[i] == c || (pattern[i] == '?' && c != '/')) {
        next[i + 1] = true;
      }
    }
    pass_empty_stars(next);
    matches.swap(next);
  }
  return matches[pattern.size()];
}

}  // namespace sigvet
