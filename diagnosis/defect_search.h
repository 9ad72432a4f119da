#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/secret.h"
#include "diagnosis/defect.h"
#include "signing/sigv4_signing_key.h"

namespace sigvet {

/// What the derivation that is looked for gives.
struct SearchTarget {
  enum class Kind : std::uint8_t { kSignature, kCanonicalRequest, kStringToSign };

  Kind kind = Kind::kSignature;
  std::string_view value;
  /// For kSignature alone; else null.
  const Secret* secret = nullptr;
};

/// Defects that together give the target, and the derivation with them.
struct FoundDefects {
  std::vector<const Defect*> defects;
  Sigv4Derivation derivation;
};

/// The first defect that gives the target, else the first two of different parts; nullopt where
/// none do. Adds to `tried` how many were applied. Throws BackendError.
std::optional<FoundDefects> FindDefects(Backend& backend, const DefectInput& input,
                                        const Sigv4Derivation& right, const SearchTarget& target,
                                        std::size_t& tried);

}  // namespace sigvet
