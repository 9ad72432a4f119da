#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "diagnosis/defect.h"
#include "diagnosis/derivation.h"
#include "diagnosis/hypothesis_batch.h"

namespace sigvet {

/// A defect, or one value of a defect that is scanned for, which changes what a search looks at.
struct SearchUnit {
  const Defect* defect = nullptr;
  std::string_view value = {};
  /// 0 where a piece is as it should be.
  HypothesisBatch::Derived derived = {};
};

/// Applies defects to a right derivation, one or two at a time. `input` and `right` must outlive
/// it. What it gives is valid until its next use.
class DefectApplier {
 public:
  DefectApplier(const DefectInput& input, const Derivation& right);

  const Derivation& right() const { return right_; }

  /// Throws BackendError.
  const Derivation& Apply(const Defect& defect, std::string_view value);

  /// `first` stands before `second` in the order of AllDefects. Quickest where `first` is the same
  /// as the last time. Throws BackendError.
  const Derivation& Apply(const SearchUnit& first, const SearchUnit& second);

 private:
  void Change(const Defect& defect, std::string_view value, Derivation& derivation) const;

  const DefectInput& input_;
  /// For defects of the secret, where it is not known and does not matter.
  DerivationInput given_;
  Derivation right_;
  Derivation scratch_;
  const SearchUnit* first_ = nullptr;
  Derivation with_first_;
  bool is_kept_ = false;
};

/// The numbers of the pieces of `derivation` that are relevant and differ from the right ones; they
/// are added to `batch`.
HypothesisBatch::Derived AddChanged(HypothesisBatch& batch, const Derivation& right,
                                    const Derivation& derivation);

/// How much text a derivation has to make. Throws BackendError.
std::size_t TextSize(Backend& backend, const Derivation& derivation);

/// All units of the derivation, in the order of AllDefects and of their scans, which end at
/// kMostScannedBytes; their pieces are added to `batch`. Throws BackendError.
std::vector<SearchUnit> CollectUnits(const DefectInput& input, DefectApplier& applier,
                                     HypothesisBatch& batch);

}  // namespace sigvet
