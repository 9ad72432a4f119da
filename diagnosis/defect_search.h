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

/// How far a search went.
struct SearchEffort {
  /// How many defects were applied.
  std::size_t tried = 0;
  /// Whether pairs were applied too, or the request is too long for that.
  bool pairs_were_tried = true;
};

/// Pairs are applied while all of them together are at most this much text: about a second's work.
inline constexpr std::size_t kMostPairBytes = std::size_t{1} << 26;

/// The first defect that gives the target, else the first two of different parts; nullopt where
/// none do. Throws BackendError.
std::optional<FoundDefects> FindDefects(Backend& backend, const DefectInput& input,
                                        const Sigv4Derivation& right, const SearchTarget& target,
                                        SearchEffort& effort);

}  // namespace sigvet
