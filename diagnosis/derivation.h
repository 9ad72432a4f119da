#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/key_ladder.h"
#include "diagnosis/output_form.h"
#include "diagnosis/signed_request.h"

namespace sigvet {

/// What a derivation gives in the end.
enum class Product : std::uint8_t {
  kPassword,    ///< an SES SMTP password
  kSigningKey,  ///< a SigV4 signing key
  kSignature,   ///< the signature of a request, in a header or a presigned URL
  kChain,   ///< signatures of which each covers the one before: chunks, trailing headers, events
  kPolicy,  ///< the signature of a POST policy
};

/// What the signatures of a chain are made over.
struct ChainDerivation {
  struct Link {
    /// As in `AWS4-HMAC-SHA256-PAYLOAD`.
    std::string algorithm;
    /// The lines after the prior signature: hashes, in hex.
    std::vector<std::string> hashes;

    bool operator==(const Link&) const = default;
  };

  std::string timestamp;
  std::string scope;
  /// Of the first link; each other has that of the link before it.
  std::string prior_signature;
  std::vector<Link> links;
  std::string_view begin = {};
  std::string_view line_break = "\n";
  std::string_view end = {};
  /// Each link has `prior_signature`, and not that of the link before it.
  bool is_not_chained = false;

  std::string StringToSign(const Link& link, std::string_view prior) const;

  bool operator==(const ChainDerivation&) const = default;
};

/// A whole derivation in pieces, so that each can be done in another way than it should. The pieces
/// that a product does not need are empty.
struct Derivation {
  Product product = Product::kSignature;
  KeyLadder ladder = {};
  OutputForm form = {};
  Sigv4Derivation request = {};  ///< of Product::kSignature
  ChainDerivation chain = {};    ///< of Product::kChain
  std::string policy = {};       ///< of Product::kPolicy: its string to sign
};

/// Where in a derivation a value stands that is looked for.
struct Stage {
  enum class Kind : std::uint8_t {
    kFinal,             ///< the password, signing key or signature; those of a chain a line each
    kKey,               ///< the MAC of a step of the ladder
    kCanonicalRequest,  ///< of Product::kSignature
    kStringToSign,      ///< not of passwords and keys; of a chain that of the first link
  };

  Kind kind = Kind::kFinal;
  /// Of kKey: its number from 0.
  std::size_t step = 0;

  bool operator==(const Stage&) const = default;
};

/// Whether a message is authenticated under the end of the product's ladder: a string to sign.
bool HasMessage(Product product);

/// The value of a stage; the empty string where there is none (a step that was left out, a MAC
/// function that this build lacks). Throws BackendError.
std::string ValueAt(Backend& backend, const Derivation& derivation, const Stage& stage);

/// The string to sign; of a chain that of its first link, with `prior_signature` as it stands
/// there. Throws BackendError.
std::string StringToSign(Backend& backend, const Derivation& derivation);

}  // namespace sigvet
