#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "diagnosis/defect_search.h"
#include "diagnosis/derivation.h"
#include "harness/corpus/case.h"

namespace sigvet {

/// Whether an operation is a derivation, in which defects can be: not sha256, base64 ...
bool IsDerivation(const OperationSpec& operation);

/// The derivation that a case asks for, in pieces. Belongs to one thread at a time.
class CaseDerivation {
 public:
  /// Errors: an operation that is no derivation, a case that must be refused, an input that can't
  /// be signed or has too many chunks. `backend` and `c` must outlive what it gives. Throws
  /// BackendError.
  static Result<std::unique_ptr<CaseDerivation>> Create(Backend& backend, const Case& c);

  /// What defects look at; it refers to this object.
  const DefectInput& input() const { return *input_; }
  const Derivation& right() const { return right_; }
  /// Of sigv4-chunked alone: the signatures of the chunks, as Product::kChain, where right() is
  /// that of the seed's request. Else null.
  const Derivation* chunks() const { return chunks_.get(); }

  /// Where in a derivation the stage of the case's operation stands, and in which: right(), or
  /// chunks() for chunk_signatures. Nullopt for a stage that only repeats inputs (added_headers,
  /// credential). The signature is the stage of `authorization` and `url`.
  struct Located {
    const Derivation* derivation;
    Stage stage;
  };
  std::optional<Located> Find(const FieldSpec& stage) const;

  /// Whether right() or chunks() has the part.
  bool Has(DerivationPart part) const;

  /// Whether right() or chunks() is another one with the defect: else it does not show in this
  /// case. Throws BackendError.
  bool IsChangedBy(const AppliedDefect& defect) const;

  /// What a subject would answer whose derivation is right() with `explanation`: all stages of the
  /// case that can be made of it, in the operation's order. `authorization` and `url` are the right
  /// ones with its signature in them; chunks follow the signature of its seed. Throws BackendError.
  std::vector<StageValue> StagesWith(const Explanation& explanation) const;

 private:
  explicit CaseDerivation(const Case& c) : case_(&c) {}

  /// `derivation`, right() or chunks(), with those of the defects that are in a part that it has.
  Derivation Apply(const Explanation& explanation, const Derivation& derivation) const;

  const Case* case_;
  SignedRequest signed_request_;
  PayloadHashes payload_hashes_;
  DerivationInput given_;
  /// Never null.
  std::unique_ptr<const DefectInput> input_;
  Derivation right_;
  std::unique_ptr<const Derivation> chunks_;
  /// The right `authorization` or `url`, and the signature in it.
  std::string carrier_;
  std::string signature_;
};

}  // namespace sigvet
