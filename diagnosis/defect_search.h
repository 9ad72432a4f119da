#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "diagnosis/defect.h"

namespace sigvet {

/// A defect, and which of its values, where it is scanned for.
struct AppliedDefect {
  const Defect* defect = nullptr;
  std::string value = {};

  bool operator==(const AppliedDefect&) const = default;
};

/// The defect's sentence with its value in it.
std::string SentenceOf(const AppliedDefect& applied);

/// Defects that together give a value, bit for bit. In the order of AllDefects.
struct Explanation {
  std::vector<AppliedDefect> defects;

  bool operator==(const Explanation&) const = default;
};

/// The value that is looked for.
struct SearchTarget {
  Stage stage;
  std::string_view value;
};

/// How far a search goes, and how far one went.
enum class SearchDepth : std::uint8_t {
  kSingles,  ///< each defect alone, also with each value that it is scanned for
  kPairs,    ///< two of different parts together
};

struct SearchEffort {
  /// How many derivations were held against the value: each is a combination of secret, request,
  /// steps, version and encoding. Those that the value's length and first characters rule out
  /// count.
  std::size_t tried = 0;
  /// How many HMACs (or what a defect puts in their place) were computed for that.
  std::size_t computed = 0;
  /// Whether pairs were applied too, those of two that change the request's text included; not
  /// where it is too long for that.
  bool pairs_were_tried = false;
};

struct SearchResult {
  /// All that give the value with as few defects as any does, in the order of AllDefects; empty
  /// where none is known. Pairs with a value that is scanned for are only there where no others
  /// are.
  std::vector<Explanation> explanations = {};
  SearchEffort effort = {};
};

/// Pairs of a request's texts are applied while all of them together are at most this much text:
/// some tenths of a second's work, for canonical requests of up to about 8 KB.
inline constexpr std::size_t kMostPairBytes = std::size_t{1} << 26;

/// A scan for values that change a request's text ends where as much text was made of it.
inline constexpr std::size_t kMostScannedBytes = std::size_t{1} << 26;

/// Pairs with the values that are scanned for are tried, those that cost least first, while they
/// cost at most about this many compressions of SHA-256: with regions, services and the like, and
/// with days, which are many more.
inline constexpr std::size_t kMostScanCost = 10'000'000;
inline constexpr std::size_t kMostDayCost = 2'000'000;

/// Looks for the defects that turn `right` into what has the target's value: each alone, with all
/// its values, then two of different parts, then such with values. A defect that changes nothing in
/// this derivation is not tried, and every explanation was recomputed by itself: its value is the
/// target's. The value must differ from the right one; the empty value has no explanation. Ends in
/// under a second on one core for requests of ordinary size. Throws BackendError.
SearchResult FindDefects(const DefectInput& input, const Derivation& right,
                         const SearchTarget& target, SearchDepth depth = SearchDepth::kPairs);

/// The same for many values of one stage at hardly more than the cost of one. The effort is that of
/// all together.
std::vector<SearchResult> FindDefectsOfEach(const DefectInput& input, const Derivation& right,
                                            const Stage& stage,
                                            std::span<const std::string_view> values,
                                            SearchDepth depth = SearchDepth::kPairs);

/// `right` with the defects.
Derivation WithDefects(const DefectInput& input, const Derivation& right,
                       const Explanation& explanation);

}  // namespace sigvet
