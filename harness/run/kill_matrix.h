#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/corpus/case.h"

namespace sigvet {

/// Which cases detect which defects.
struct KillMatrix {
  struct Row {
    /// Of a Defect; of one that is scanned for, with the first value that shows.
    std::string_view defect;
    std::string value = {};
    /// Cases whose derivation has the part that the defect is in; 0 where no case can show the
    /// defect by itself.
    std::uint32_t applicable = 0;
    /// Those that detect it, as indices into Corpus::cases, ascending.
    std::vector<std::uint32_t> killed_by = {};
  };

  /// In the order of AllDefects.
  std::vector<Row> rows;
  /// Cases that alone detect some defect, and those that detect no defect that others don't; both
  /// ascending.
  std::vector<std::uint32_t> sole_detectors;
  std::vector<std::uint32_t> redundant;
  /// Cases that no defect is applicable to: primitives, refusals.
  std::vector<std::uint32_t> without_defects;
};

/// Derives every one of `cases` with every defect and judges the answers. Uses `jobs` threads.
/// Throws BackendError.
KillMatrix MakeKillMatrix(const Corpus& corpus, const std::vector<std::uint32_t>& cases,
                          unsigned jobs);

}  // namespace sigvet
