#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "backends/backend.h"
#include "diagnosis/defect_search.h"

// What the tests of the search share: derivations of all kinds, with all that defects look at.

namespace sigvet {

/// A derivation to look for defects of. Its backend must outlive it.
class Searched {
 public:
  static Searched Password(Backend& backend, std::int64_t version, std::string_view secret,
                           std::string_view region);
  static Searched SigningKey(Backend& backend, std::string_view secret, std::string_view region,
                             std::string_view service);
  /// `text`: a signed request, as it is sent.
  static Searched Request(Backend& backend, std::string_view secret, const std::string& text);
  /// Of three chunks.
  static Searched Chunks(Backend& backend, std::string_view secret);
  static Searched Policy(Backend& backend, std::string_view secret);

  DefectInput input() const { return {*backend_, signed_request_, hashes_, given_}; }
  const Derivation& right() const { return right_; }
  Backend& backend() const { return *backend_; }

  std::string Right(const Stage& stage) const { return ValueAt(*backend_, right_, stage); }
  std::string With(const Explanation& explanation, const Stage& stage) const {
    return ValueAt(*backend_, WithDefects(input(), right_, explanation), stage);
  }
  SearchResult Find(std::string_view value, const Stage& stage = {},
                    SearchDepth depth = SearchDepth::kPairs) const {
    return FindDefects(input(), right_, {stage, value}, depth);
  }

 private:
  Searched(Backend& backend, std::string_view secret);

  Backend* backend_;
  SignedRequest signed_request_;
  DerivationInput given_;
  PayloadHashes hashes_;
  Derivation right_;
};

/// A request with what defects can get hold of: path, query and headers that encoding, sorting and
/// joining change, a port, a body.
std::string RequestWithEverything(std::string_view service = "service");

/// `a + b`, of what is scanned for with the value.
std::string NamesOf(const Explanation& explanation);

}  // namespace sigvet
