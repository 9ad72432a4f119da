#include "harness/run/merge_findings.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "diagnosis/defect.h"
#include "harness/run/mistakes.h"

namespace sigvet {
namespace {

using Finding = RunReport::Finding;
using Mistakes = std::vector<RunReport::Mistake>;

/// A set of mistakes, and the findings that it explains.
struct Candidate {
  std::size_t mistake_count;
  /// Ascending indices; of each, its own form of the mistakes.
  std::map<std::size_t, const Mistakes*> members = {};
};

std::string KeyOf(const Mistakes& mistakes) {
  std::string key;
  // The ids are what a file says: one may look like two.
  for (const RunReport::Mistake& mistake : mistakes) {
    key += std::to_string(mistake.id.size()) + ":" + mistake.id;
  }
  return key;
}

/// In the order in which they first come up.
std::vector<Candidate> FindCandidates(std::span<const Finding> findings) {
  std::vector<Candidate> candidates;
  std::map<std::string, std::size_t> index_of;
  const auto add = [&](std::size_t member, const Mistakes& mistakes) {
    const auto [entry, is_new] = index_of.try_emplace(KeyOf(mistakes), candidates.size());
    if (is_new) candidates.push_back({mistakes.size()});
    candidates[entry->second].members.try_emplace(member, &mistakes);
  };
  for (std::size_t i = 0; i < findings.size(); ++i) {
    add(i, findings[i].mistakes);
    for (const Mistakes& alternative : findings[i].alternatives) add(i, alternative);
  }
  return candidates;
}

bool IsAboutSecret(const Mistakes& mistakes) {
  return std::ranges::all_of(mistakes, [](const RunReport::Mistake& mistake) {
    const Defect* const defect = FindDefect(mistake.id);
    return defect != nullptr && defect->blame == Blame::kSecret;
  });
}

class Merger {
 public:
  /// `findings` are of one subject, in the order of their first results.
  explicit Merger(std::span<const Finding> findings)
      : findings_(findings), candidates_(FindCandidates(findings)), is_done_(findings.size()) {}

  void AddTo(std::vector<Finding>& merged) {
    while (const Candidate* best = FindBest()) merged.push_back(Join(*best));
  }

 private:
  std::size_t CountLeft(const Candidate& candidate) const {
    std::size_t results = 0;
    for (const auto& [member, mistakes] : candidate.members) {
      if (!is_done_[member]) results += findings_[member].results.size();
    }
    return results;
  }

  /// Null where nothing is left.
  const Candidate* FindBest() const {
    const Candidate* best = nullptr;
    std::size_t most = 0;
    for (const Candidate& candidate : candidates_) {
      const std::size_t left = CountLeft(candidate);
      const bool is_better = left > most || (left > 0 && left == most &&
                                             candidate.mistake_count < best->mistake_count);
      if (!is_better) continue;
      best = &candidate;
      most = left;
    }
    return best;
  }

  Finding Join(const Candidate& best) {
    std::vector<std::size_t> members;
    for (const auto& [member, mistakes] : best.members) {
      if (!is_done_[member]) members.push_back(member);
      is_done_[member] = true;
    }
    const Finding& first = findings_[members.front()];
    Finding joined = {
        .subject = first.subject, .operation = first.operation, .only_stage = first.only_stage};
    joined.mistakes = JoinOver(best, members);
    joined.is_about_secret = IsAboutSecret(joined.mistakes);
    for (const Candidate& other : candidates_) {
      const bool has_all = std::ranges::all_of(
          members, [&](std::size_t member) { return other.members.contains(member); });
      if (&other == &best || !has_all) continue;
      joined.alternatives.push_back(*other.members.at(members.front()));
      joined.is_about_secret = joined.is_about_secret && IsAboutSecret(joined.alternatives.back());
    }
    for (const std::size_t member : members) {
      std::ranges::copy(findings_[member].results, std::back_inserter(joined.results));
    }
    std::ranges::sort(joined.results);
    return joined;
  }

  static Mistakes JoinOver(const Candidate& candidate, std::span<const std::size_t> members) {
    Mistakes joined;
    for (std::size_t i = 0; i < candidate.mistake_count; ++i) {
      std::vector<const RunReport::Mistake*> same;
      same.reserve(members.size());
      for (const std::size_t member : members) same.push_back(&(*candidate.members.at(member))[i]);
      joined.push_back(JoinMistakes(same));
    }
    return joined;
  }

  std::span<const Finding> findings_;
  std::vector<Candidate> candidates_;
  std::vector<bool> is_done_;
};

}  // namespace

std::vector<RunReport::Finding> MergeFindings(std::vector<RunReport::Finding> findings) {
  const auto kind = [](const Finding& finding) {
    return std::tuple(finding.subject, !finding.only_stage.empty());
  };
  std::ranges::sort(findings, {}, [&](const Finding& finding) {
    return std::tuple(kind(finding), finding.results.empty() ? 0 : finding.results.front());
  });
  std::vector<Finding> merged;
  for (auto begin = findings.begin(); begin != findings.end();) {
    const auto end = std::find_if(begin, findings.end(), [&](const Finding& finding) {
      return kind(finding) != kind(*begin);
    });
    Merger({begin, end}).AddTo(merged);
    begin = end;
  }
  return merged;
}

}  // namespace sigvet
