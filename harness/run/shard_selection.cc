#include "harness/run/shard_selection.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

#include "harness/run/case_choice.h"
#include "harness/run/glob_index.h"

namespace sigvet {
namespace {

using Choice = CaseChoice::Choice;

/// What is still to be found, as case after case is looked at.
class Search {
 public:
  explicit Search(const ShardSelecting& selecting)
      : selecting_(selecting),
        choice_(selecting.filters, selecting.skips, Contested::kOnAsking),
        operations_(selecting.required_operations.begin(), selecting.required_operations.end()),
        is_known_matched_(selecting.known_failures.size()) {
    for (std::size_t i = 0; i < selecting.known_failures.size(); ++i) {
      known_.Add(selecting.known_failures[i].case_pattern, i);
    }
  }

  /// Looks at a case. `on_known` is called with each known failure whose first case it is.
  template <typename OnKnown>
  Choice Look(std::string_view suite, const Case& c, OnKnown on_known) {
    const Choice choice = choice_.Choose(suite, c);
    if (choice == Choice::kTaken) {
      has_taken_ = true;
      operations_.erase(c.operation->name);
    }
    if (known_matched_ == is_known_matched_.size()) return choice;
    known_.Find(c.id, numbers_);
    for (const std::size_t number : numbers_) {
      if (is_known_matched_[number]) continue;
      is_known_matched_[number] = true;
      ++known_matched_;
      on_known(number);
    }
    return choice;
  }

  bool IsComplete() const {
    return has_taken_ && operations_.empty() && !choice_.FirstUnmatched() &&
           known_matched_ == is_known_matched_.size();
  }

  /// Whether a case of `suite` may be one of those that are to be found.
  bool Wants(std::string_view suite) const {
    if ((!has_taken_ || !operations_.empty()) && choice_.MayTake(suite)) return true;
    if (choice_.MayMatchMore(suite)) return true;
    for (std::size_t i = 0; i < is_known_matched_.size(); ++i) {
      if (is_known_matched_[i]) continue;
      if (MayMatchIn(suite, selecting_.known_failures[i].case_pattern)) return true;
    }
    return false;
  }

  const CaseChoice& choice() const { return choice_; }
  bool has_taken() const { return has_taken_; }
  /// Required ones that no case looked at so far is of.
  const std::set<std::string_view>& operations() const { return operations_; }

 private:
  const ShardSelecting& selecting_;
  CaseChoice choice_;
  bool has_taken_ = false;
  std::set<std::string_view> operations_;
  GlobIndex known_;
  std::vector<bool> is_known_matched_;
  std::size_t known_matched_ = 0;
  std::vector<std::size_t> numbers_;
};

}  // namespace

Result<ShardSelected> SelectInShard(const Corpus& corpus, const ShardSelecting& selecting,
                                    Backend& decoder) {
  Search search(selecting);
  ShardSelected shard;
  for (std::uint32_t i = 0; i < corpus.cases.size(); ++i) {
    const Case& c = corpus.cases[i];
    const Choice choice = search.Look(corpus.suites[c.suite].name, c, [](std::size_t) {});
    if (choice == Choice::kTaken) shard.selected.cases.push_back(i);
    if (choice == Choice::kContested) shard.selected.contested_left_out.push_back(i);
  }

  const std::set<std::string_view> not_here = search.operations();
  std::string contested_suite;
  const auto visit = [&](std::string_view suite, std::span<const Case> cases) {
    for (const Case& c : cases) {
      const Choice choice = search.Look(suite, c, [&](std::size_t number) {
        selecting.known_failures[number].is_elsewhere = true;
      });
      if (choice == Choice::kContested && contested_suite.empty()) contested_suite = suite;
    }
    return !search.IsComplete();
  };
  if (!search.IsComplete()) {
    LookElsewhere(
        selecting.elsewhere, decoder, selecting.interrupted,
        [&](std::string_view suite) { return search.Wants(suite); }, visit);
  }

  if (const auto unmatched = search.choice().FirstUnmatched()) {
    return MatchesNoCase(corpus, unmatched->option, unmatched->pattern);
  }
  if (!search.has_taken()) {
    if (!shard.selected.contested_left_out.empty()) {
      const Case& first = corpus.cases[shard.selected.contested_left_out.front()];
      contested_suite = corpus.suites[first.suite].name;
    }
    return NothingLeft(contested_suite);
  }
  for (const std::string_view operation : not_here) {
    if (!search.operations().contains(operation))
      shard.operations_elsewhere.emplace_back(operation);
  }
  return shard;
}

}  // namespace sigvet
