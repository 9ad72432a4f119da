#include "harness/run/glob_index.h"

#include <algorithm>

#include "harness/run/glob.h"

namespace sigvet {

void GlobIndex::Add(std::string_view pattern, std::size_t number) {
  const std::string_view begin = pattern.substr(0, pattern.find_first_of("*?"));
  entries_[begin].push_back({pattern, number});
  lengths_.insert(begin.size());
}

void GlobIndex::Find(std::string_view id, std::vector<std::size_t>& numbers) const {
  numbers.clear();
  for (const std::size_t length : lengths_) {
    if (length > id.size()) break;
    const auto found = entries_.find(id.substr(0, length));
    if (found == entries_.end()) continue;
    for (const Entry& entry : found->second) {
      if (GlobMatches(entry.pattern, id)) numbers.push_back(entry.number);
    }
  }
  std::ranges::sort(numbers);
}

}  // namespace sigvet
