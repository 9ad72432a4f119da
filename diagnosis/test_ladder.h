#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/defect_search.h"

// What the tests of the ladder's defects share: rows of what comes out with which defects.

namespace sigvet {

/// The published example secrets, which differ by one character.
inline constexpr std::string_view kSlashSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr std::string_view kPlusSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

struct LadderGiven {
  Product product = Product::kPassword;
  std::int64_t version = 0;
  std::string_view secret = kSlashSecret;
  std::string_view region = "us-east-1";
  std::string_view service = "ses";
};

inline constexpr LadderGiven kPassword4 = {.version = 4};
inline constexpr LadderGiven kPassword4Plus = {.version = 4, .secret = kPlusSecret};
inline constexpr LadderGiven kPassword2 = {.version = 2};
/// Of 30 August 2015.
inline constexpr LadderGiven kKey = {
    .product = Product::kSigningKey, .secret = kPlusSecret, .service = "iam"};
/// Of get-vanilla of the SigV4 test suite.
inline constexpr LadderGiven kSignature = {
    .product = Product::kSignature, .secret = kPlusSecret, .service = "service"};

struct LadderRow {
  /// A code that failures name; that of a key or signature which must be explained begins with
  /// SIG-.
  std::string_view label;
  LadderGiven given;
  /// As in `region-empty + version-digit-4`; of what is scanned for with the value, as in
  /// `key-for-other-region=eu-west-1`.
  std::string_view defects;
  std::string expected;
};

/// Wrong passwords that real programs gave, or a reference in CPython.
std::span<const LadderRow> SesRows();
/// What CPython's hmac, hashlib and base64 give, and a C program for signed characters.
std::span<const LadderRow> ConstructedRows();

/// A derivation and all that its defects look at.
class LadderCase {
 public:
  explicit LadderCase(const LadderGiven& given);

  const DefectInput& input() const { return *input_; }
  const Derivation& right() const { return right_; }

  std::string RightValue() const { return ValueAt(input_->backend, right_, {}); }
  /// Throws std::invalid_argument for an id that there is not.
  std::string ValueWith(std::string_view defects) const;

 private:
  std::unique_ptr<Backend> backend_;
  SignedRequest signed_request_;
  PayloadHashes hashes_;
  DerivationInput given_;
  std::unique_ptr<DefectInput> input_;
  Derivation right_;
};

/// Throws std::invalid_argument for an id that there is not.
Explanation ReadExplanation(std::string_view defects);

/// Whether this build can't compute the row: it needs hash functions of OpenSSL.
bool NeedsOtherHash(const LadderRow& row);

}  // namespace sigvet
