#include "diagnosis/defect_search.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "diagnosis/hypothesis_batch.h"
#include "diagnosis/search_units.h"

namespace sigvet {
namespace {

using Tag = HypothesisBatch::Tag;

/// More regions and services than there are; days are many more.
constexpr std::size_t kMostNames = 1000;

/// How many days are likely enough to meet every other defect: keys that were kept for too long.
constexpr std::uint32_t kLikelyDays = 32;

/// Units next to each other: one, or all values of a defect that is scanned for.
struct UnitRange {
  std::uint32_t begin;
  std::uint32_t end;

  std::size_t size() const { return end - begin; }
};

/// The values of a defect that is scanned for, each with each of another range.
struct ScannedPairs {
  UnitRange scanned;
  UnitRange others;
  std::size_t cost;
};

bool Meet(const SearchUnit& a, const SearchUnit& b) { return a.defect->part != b.defect->part; }

class Search {
 public:
  Search(const DefectInput& input, const Derivation& right, const Stage& stage,
         std::span<const std::string_view> values)
      : input_(input),
        right_(right),
        stage_(stage),
        values_(values),
        applier_(input, right),
        batch_(input.backend, applier_.right(), stage, values),
        results_(values.size()) {
    const auto has_text = [](std::string_view value) { return !value.empty(); };
    open_ = static_cast<std::size_t>(std::ranges::count_if(values, has_text));
  }

  std::vector<SearchResult> Run(SearchDepth depth) {
    SearchEffort effort;
    if (open_ != 0) TrySingles();
    if (depth == SearchDepth::kPairs && open_ != 0) {
      effort.pairs_were_tried = CanPairTexts();
      TryPairs(effort.pairs_were_tried);
      if (open_ != 0) TryScannedPairs(effort.pairs_were_tried);
    }
    effort.tried = batch_.tried();
    effort.computed = batch_.computed();
    for (SearchResult& result : results_) result.effort = effort;
    return std::move(results_);
  }

 private:
  void TrySingles() {
    units_ = CollectUnits(input_, applier_, batch_);
    batch_.Keep();
    for (std::uint32_t i = 0; i < units_.size(); ++i) batch_.Add(units_[i].derived, {i});
    Settle();
  }

  bool CanPairTexts() const {
    if (!batch_.relevant().text) return true;
    const auto changes_text = [](const SearchUnit& unit) {
      return unit.derived.text != 0 && unit.defect->scan == nullptr;
    };
    const auto count = static_cast<std::size_t>(std::ranges::count_if(units_, changes_text));
    return count * count / 2 * TextSize(input_.backend, right_) <= kMostPairBytes;
  }

  void TryPairs(bool with_texts) {
    for (std::uint32_t i = 0; i < units_.size(); ++i) {
      if (units_[i].defect->scan != nullptr) continue;
      for (std::uint32_t j = i + 1; j < units_.size(); ++j) {
        if (units_[j].defect->scan == nullptr) AddPair(i, j, with_texts);
      }
    }
    Settle();
  }

  void AddPair(std::uint32_t i, std::uint32_t j, bool with_texts) {
    const SearchUnit& first = units_[i];
    const SearchUnit& second = units_[j];
    if (!Meet(first, second)) return;
    const HypothesisBatch::Derived& a = first.derived;
    const HypothesisBatch::Derived& b = second.derived;
    const bool both_text = a.text != 0 && b.text != 0;
    if (both_text && !with_texts) return;
    if (batch_.IsFull()) batch_.Flush();
    // What only one of them changes is as with that one alone.
    HypothesisBatch::Derived both = {a.ladder + b.ladder, a.text + b.text, a.form + b.form};
    if (both_text || (a.ladder != 0 && b.ladder != 0) || (a.form != 0 && b.form != 0)) {
      const Derivation& derivation = applier_.Apply(first, second);
      if (a.ladder != 0 && b.ladder != 0) both.ladder = batch_.AddLadder(derivation.ladder);
      if (both_text) both.text = batch_.AddTextOf(derivation);
      if (a.form != 0 && b.form != 0) both.form = batch_.AddForm(derivation.form);
    }
    batch_.Add(both, {i, j});
  }

  void TryScannedPairs(bool with_texts) {
    batch_.ExpectScans();
    std::size_t left = kMostScanCost;
    std::size_t left_for_days = kMostDayCost;
    for (const ScannedPairs& pairs : CheapestFirst()) {
      const bool has_days = std::max(pairs.scanned.size(), pairs.others.size()) > kMostNames;
      std::size_t& budget = has_days ? left_for_days : left;
      if (pairs.cost > budget) continue;
      budget -= pairs.cost;
      for (std::uint32_t other = pairs.others.begin; other < pairs.others.end; ++other) {
        for (std::uint32_t i = pairs.scanned.begin; i < pairs.scanned.end; ++i) {
          AddPair(std::min(i, other), std::max(i, other), with_texts);
        }
      }
    }
    Settle();
  }

  std::vector<UnitRange> Ranges() const {
    std::vector<UnitRange> ranges;
    for (std::uint32_t begin = 0; begin < units_.size();) {
      const Defect* defect = units_[begin].defect;
      std::uint32_t end = begin + 1;
      while (end < units_.size() && units_[end].defect == defect) ++end;
      if (end - begin > kMostNames) {
        ranges.push_back({begin, begin + kLikelyDays});
        begin += kLikelyDays;
      }
      ranges.push_back({begin, end});
      begin = end;
    }
    return ranges;
  }

  std::vector<ScannedPairs> CheapestFirst() const {
    const std::vector<UnitRange> ranges = Ranges();
    std::vector<ScannedPairs> all;
    const std::size_t text_size = TextSize(input_.backend, right_);
    for (const UnitRange& scanned : ranges) {
      if (units_[scanned.begin].defect->scan == nullptr) continue;
      for (const UnitRange& others : ranges) {
        const SearchUnit& other = units_[others.begin];
        const bool comes_again = other.defect->scan != nullptr && others.begin <= scanned.begin;
        if (comes_again || !Meet(units_[scanned.begin], other)) continue;
        const std::size_t each = CostOf(units_[scanned.begin], other, text_size);
        all.push_back({scanned, others, scanned.size() * others.size() * each});
      }
    }
    std::ranges::stable_sort(all, {}, &ScannedPairs::cost);
    return all;
  }

  /// About how many compressions of SHA-256 the pair costs, with what else has to be done.
  std::size_t CostOf(const SearchUnit& a, const SearchUnit& b, std::size_t text_size) const {
    std::size_t cost = 2;
    if (a.derived.ladder != 0 && b.derived.ladder != 0) {
      const bool is_plain = batch_.IsPlain(a.derived.ladder) && batch_.IsPlain(b.derived.ladder);
      cost += is_plain ? 20 : 100;
    }
    if (a.derived.text != 0 && b.derived.text != 0) cost += 60 + text_size / 16;
    if (batch_.relevant().text && batch_.relevant().ladder) cost += 8;
    return cost;
  }

  /// Takes what was found with as many defects as are tried now, for the values that have nothing
  /// yet.
  void Settle() {
    batch_.Flush();
    std::vector<HypothesisBatch::Hit> hits = batch_.TakeHits();
    std::ranges::sort(hits);
    for (std::size_t i = 0; i < hits.size();) {
      const std::uint32_t value = hits[i].value;
      const bool is_open = results_[value].explanations.empty();
      for (; i < hits.size() && hits[i].value == value; ++i) {
        if (is_open) Verify(value, hits[i].tag);
      }
      if (is_open && !results_[value].explanations.empty()) --open_;
    }
  }

  void Verify(std::uint32_t value, const Tag& tag) {
    Explanation explanation;
    for (const std::uint32_t number : {tag.first, tag.second}) {
      if (number == Tag::kNone) continue;
      const SearchUnit& unit = units_[number];
      explanation.defects.push_back({unit.defect, std::string(unit.value)});
    }
    const Derivation derivation = WithDefects(input_, applier_.right(), explanation);
    if (ValueAt(input_.backend, derivation, stage_) != values_[value]) return;
    results_[value].explanations.push_back(std::move(explanation));
  }

  const DefectInput& input_;
  const Derivation& right_;
  const Stage& stage_;
  std::span<const std::string_view> values_;
  DefectApplier applier_;
  HypothesisBatch batch_;
  std::vector<SearchUnit> units_;
  std::vector<SearchResult> results_;
  /// How many values may still get an explanation.
  std::size_t open_ = 0;
};

}  // namespace

std::string SentenceOf(const AppliedDefect& applied) {
  return ReplaceAll(applied.defect->sentence, "{}", applied.value);
}

Derivation WithDefects(const DefectInput& input, const Derivation& right,
                       const Explanation& explanation) {
  Derivation derivation = right;
  for (const AppliedDefect& applied : explanation.defects) {
    applied.defect->change(
        {input.backend, input.signed_request, input.payload_hashes, input.given, applied.value},
        derivation);
  }
  return derivation;
}

std::vector<SearchResult> FindDefectsOfEach(const DefectInput& input, const Derivation& right,
                                            const Stage& stage,
                                            std::span<const std::string_view> values,
                                            SearchDepth depth) {
  return Search(input, right, stage, values).Run(depth);
}

SearchResult FindDefects(const DefectInput& input, const Derivation& right,
                         const SearchTarget& target, SearchDepth depth) {
  return std::move(
      FindDefectsOfEach(input, right, target.stage, {&target.value, 1}, depth).front());
}

}  // namespace sigvet
