#include "harness/run/glob.h"

#include <algorithm>
#include <vector>

namespace sigvet {

// Keeps for each prefix of `pattern` whether it matches what has been read of `id` so far, so that
// no pattern takes more than pattern x id steps.
bool GlobMatches(std::string_view pattern, std::string_view id) {
  if (pattern.find_first_of("*?") == std::string_view::npos) {
    return id.starts_with(pattern) && !pattern.empty() &&
           (id.size() == pattern.size() || id[pattern.size()] == '/');
  }
  std::vector<char> matches(pattern.size() + 1);
  std::vector<char> next(pattern.size() + 1);
  const auto is_star = [&](std::size_t i) { return i < pattern.size() && pattern[i] == '*'; };
  const auto pass_empty_stars = [&](std::vector<char>& row) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (row[i] != 0 && is_star(i)) row[i + 1] = 1;
    }
  };
  matches[0] = 1;
  pass_empty_stars(matches);
  for (const char c : id) {
    if (c == '/' && matches[pattern.size()] != 0) return true;
    std::ranges::fill(next, 0);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (matches[i] == 0) continue;
      const bool double_star = is_star(i) && (is_star(i + 1) || (i > 0 && is_star(i - 1)));
      if (is_star(i)) {
        if (c != '/' || double_star) next[i] = 1;
      } else if (pattern[i] == c || (pattern[i] == '?' && c != '/')) {
        next[i + 1] = 1;
      }
    }
    pass_empty_stars(next);
    matches.swap(next);
  }
  return matches[pattern.size()] != 0;
}

}  // namespace sigvet
