#pragma once

#include <cstddef>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sigvet {

/// Finds those of many patterns that match an id (see GlobMatches) without trying them all: only
/// those whose text up to the first wildcard begins the id.
class GlobIndex {
 public:
  /// The text of `pattern` must outlive this.
  void Add(std::string_view pattern, std::size_t number);

  /// The numbers of the patterns that match `id`, ascending, in place of what `numbers` holds.
  void Find(std::string_view id, std::vector<std::size_t>& numbers) const;

 private:
  struct Entry {
    std::string_view pattern;
    std::size_t number;
  };

  /// By what stands before the first wildcard.
  std::unordered_map<std::string_view, std::vector<Entry>> entries_;
  /// How long those texts are.
  std::set<std::size_t> lengths_;
};

}  // namespace sigvet
