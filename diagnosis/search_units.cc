#include "diagnosis/search_units.h"

#include <span>
#include <utility>

#include "diagnosis/defect_search.h"

namespace sigvet {
namespace {

/// Copies what the product has; the rest is empty in both.
void CopyPieces(const Derivation& from, Derivation& to) {
  to.ladder = from.ladder;
  to.form = from.form;
  if (from.product == Product::kSignature) to.request = from.request;
  if (from.product == Product::kChain) to.chain = from.chain;
  if (from.product == Product::kPolicy) to.policy = from.policy;
}

}  // namespace

DefectApplier::DefectApplier(const DefectInput& input, const Derivation& right)
    : input_(input), given_(input.given), right_(right) {
  if (given_.secret == nullptr) given_.secret = std::make_shared<const Secret>();
  if (right_.ladder.secret == nullptr) right_.ladder.secret = given_.secret;
  scratch_ = right_;
  with_first_ = right_;
}

void DefectApplier::Change(const Defect& defect, std::string_view value,
                           Derivation& derivation) const {
  defect.change({input_.backend, input_.signed_request, input_.payload_hashes, given_, value},
                derivation);
}

const Derivation& DefectApplier::Apply(const Defect& defect, std::string_view value) {
  CopyPieces(right_, scratch_);
  Change(defect, value, scratch_);
  return scratch_;
}

const Derivation& DefectApplier::Apply(const SearchUnit& first, const SearchUnit& second) {
  if (first_ != &first) {
    // Kept from the second time on: where the first changes each time, that would be for nothing.
    CopyPieces(right_, scratch_);
    Change(*first.defect, first.value, scratch_);
    is_kept_ = false;
    first_ = &first;
  } else {
    if (!is_kept_) {
      CopyPieces(right_, with_first_);
      Change(*first.defect, first.value, with_first_);
      is_kept_ = true;
    }
    CopyPieces(with_first_, scratch_);
  }
  Change(*second.defect, second.value, scratch_);
  return scratch_;
}

HypothesisBatch::Derived AddChanged(HypothesisBatch& batch, const Derivation& right,
                                    const Derivation& derivation) {
  const HypothesisBatch::Relevant& relevant = batch.relevant();
  HypothesisBatch::Derived changed;
  if (relevant.ladder && !(derivation.ladder == right.ladder)) {
    changed.ladder = batch.AddLadder(derivation.ladder);
  }
  if (relevant.text && !(derivation.request == right.request && derivation.chain == right.chain &&
                         derivation.policy == right.policy)) {
    changed.text = batch.AddTextOf(derivation);
  }
  if (relevant.form && !(derivation.form == right.form)) {
    changed.form = batch.AddForm(derivation.form);
  }
  return changed;
}

std::size_t TextSize(Backend& backend, const Derivation& derivation) {
  return derivation.request.CanonicalRequest().size() + StringToSign(backend, derivation).size();
}

std::vector<SearchUnit> CollectUnits(const DefectInput& input, DefectApplier& applier,
                                     HypothesisBatch& batch) {
  constexpr std::string_view kNoValue[] = {""};
  const Derivation& right = applier.right();
  const std::size_t text_size = TextSize(input.backend, right);
  std::vector<SearchUnit> units;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) {
      if (!HasPart(right.product, defect.part)) continue;
      const std::span<const std::string_view> values =
          defect.scan == nullptr ? kNoValue : defect.scan(input);
      std::size_t text_bytes = 0;
      for (const std::string_view value : values) {
        if (text_bytes > kMostScannedBytes) break;
        const auto changed = AddChanged(batch, right, applier.Apply(defect, value));
        if (changed.text != 0) text_bytes += text_size;
        if (changed.ladder == 0 && changed.text == 0 && changed.form == 0) continue;
        units.push_back({&defect, value, changed});
      }
    }
  }
  return units;
}

}  // namespace sigvet
