#include "harness/run/group_explanations.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace sigvet {
namespace {

/// Defects, and what they explain.
struct Candidate {
  /// The first one of them where any value will do.
  Explanation explanation;
  bool any_value = false;
  /// Ascending; of each, the explanation.
  std::vector<std::pair<std::size_t, const Explanation*>> members = {};

  std::vector<std::size_t> Left(const std::vector<bool>& is_done) const {
    std::vector<std::size_t> left;
    for (const auto& member : members) {
      if (!is_done[member.first]) left.push_back(member.first);
    }
    return left;
  }

  /// Its explanation of `member`, which must be one of its own.
  const Explanation& Of(std::size_t member) const {
    return *std::ranges::lower_bound(members, member, {}, [](const auto& one) {
              return one.first;
            })->second;
  }

  bool HasAll(const std::vector<std::size_t>& indices) const {
    return std::ranges::all_of(indices, [&](std::size_t index) {
      return std::ranges::binary_search(members, index, {},
                                        [](const auto& member) { return member.first; });
    });
  }
};

std::string KeyOf(const Explanation& explanation, bool any_value) {
  std::string key;
  for (const AppliedDefect& applied : explanation.defects) {
    key.append(applied.defect->id).append(any_value ? "" : "=" + applied.value).append(";");
  }
  return key;
}

bool IsScanned(const Explanation& explanation) {
  return std::ranges::any_of(explanation.defects, [](const AppliedDefect& applied) {
    return applied.defect->scan != nullptr;
  });
}

/// In the order in which they first come up.
std::vector<Candidate> FindCandidates(std::span<const std::vector<Explanation>> explanations) {
  std::vector<Candidate> candidates;
  std::map<std::string, std::size_t> index_of;
  const auto add = [&](std::size_t member, const Explanation& explanation, bool any_value) {
    const auto [entry, is_new] =
        index_of.try_emplace(KeyOf(explanation, any_value), candidates.size());
    if (is_new) candidates.push_back({explanation, any_value});
    auto& members = candidates[entry->second].members;
    // Of several values that explain one member the first counts.
    if (members.empty() || members.back().first != member) {
      members.emplace_back(member, &explanation);
    }
  };
  for (std::size_t i = 0; i < explanations.size(); ++i) {
    for (const Explanation& explanation : explanations[i]) add(i, explanation, false);
  }
  for (std::size_t i = 0; i < explanations.size(); ++i) {
    for (const Explanation& explanation : explanations[i]) {
      if (IsScanned(explanation)) add(i, explanation, true);
    }
  }
  return candidates;
}

bool HasSameDefects(const Candidate& a, const Candidate& b) {
  return KeyOf(a.explanation, true) == KeyOf(b.explanation, true);
}

/// What each defect of `candidate` was scanned for, over the members of `group`.
std::vector<std::vector<std::string>> ValuesOf(const Candidate& candidate,
                                               const std::vector<std::size_t>& members) {
  std::vector<std::vector<std::string>> values(candidate.explanation.defects.size());
  for (const std::size_t member : members) {
    const Explanation& explanation = candidate.Of(member);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string& value = explanation.defects[i].value;
      if (std::ranges::find(values[i], value) == values[i].end()) values[i].push_back(value);
    }
  }
  return values;
}

/// The candidate that explains most of what is left, and that; null where nothing is left.
std::pair<const Candidate*, std::vector<std::size_t>> FindBest(
    const std::vector<Candidate>& candidates, const std::vector<bool>& is_done) {
  const Candidate* best = nullptr;
  std::vector<std::size_t> best_left;
  const auto rank = [](const std::vector<std::size_t>& left, const Candidate& one) {
    return std::tuple(left.size(), -std::ssize(one.explanation.defects), !one.any_value);
  };
  for (const Candidate& candidate : candidates) {
    std::vector<std::size_t> left = candidate.Left(is_done);
    if (left.empty()) continue;
    if (best != nullptr && rank(left, candidate) <= rank(best_left, *best)) continue;
    best = &candidate;
    best_left = std::move(left);
  }
  return {best, std::move(best_left)};
}

/// What else explains all of `members`.
std::vector<Explanation> FindAlternatives(const std::vector<Candidate>& candidates,
                                          const Candidate& best,
                                          const std::vector<std::size_t>& members) {
  std::vector<Explanation> alternatives;
  std::vector<const Candidate*> others;
  for (const Candidate& candidate : candidates) {
    const auto has_same_defects = [&](const Candidate* other) {
      return HasSameDefects(candidate, *other);
    };
    // Candidates for any value come after those for one.
    if (!candidate.HasAll(members) || has_same_defects(&best) ||
        std::ranges::any_of(others, has_same_defects)) {
      continue;
    }
    others.push_back(&candidate);
    alternatives.push_back(candidate.Of(members.front()));
  }
  return alternatives;
}

}  // namespace

std::vector<ExplainedGroup> GroupExplanations(
    std::span<const std::vector<Explanation>> explanations) {
  const std::vector<Candidate> candidates = FindCandidates(explanations);
  std::vector<bool> is_done(explanations.size());
  std::vector<ExplainedGroup> groups;
  while (true) {
    auto [best, members] = FindBest(candidates, is_done);
    if (best == nullptr) return groups;
    for (const std::size_t member : members) is_done[member] = true;
    groups.push_back({best->Of(members.front()), ValuesOf(*best, members),
                      FindAlternatives(candidates, *best, members), std::move(members)});
  }
}

}  // namespace sigvet
