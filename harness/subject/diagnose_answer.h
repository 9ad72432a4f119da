#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "diagnosis/defect_search.h"
#include "harness/subject/case_derivation.h"

namespace sigvet {

/// Why an answer is wrong.
struct AnswerDiagnosis {
  /// The stage whose value is explained: the last one wherever that can be, else the first wrong
  /// one. Null where nothing is.
  const FieldSpec* stage = nullptr;
  Product product = Product::kSignature;
  /// Each gives that value, bit for bit; all that have as few defects as any. Empty: none known.
  std::vector<Explanation> explanations = {};
  /// The last stage is wrong too, and what explains `stage` does not explain it.
  bool is_partial = false;
  /// Where there are none: what the form of the wrong value alone says of it, as a sentence; may be
  /// empty.
  std::string structure = {};
  SearchEffort effort = {};
};

/// What is tried besides the explanations that are known, where none of these holds.
enum class DiagnosisDepth : std::uint8_t {
  kKnown,   ///< nothing
  kLikely,  ///< single defects but for those that are scanned for: some milliseconds
  kAll,     ///< all that FindDefects finds: up to a second
};

/// Looks for the defects behind the stages that a subject answered, of which at least one is wrong.
/// First `known` explanations (those of the subject's other answers): if any holds, those with the
/// fewest defects are the outcome. Then single defects; then, where defects explain a stage before
/// the last one, another one beside them; then, where they don't, pairs. Where all values are those
/// of the right derivation, or only the text around a right signature is wrong, there are none.
/// Throws BackendError.
AnswerDiagnosis DiagnoseAnswer(const CaseDerivation& derivation, std::span<const StageValue> stages,
                               std::span<const Explanation> known, DiagnosisDepth depth);

/// The value as a derivation would give it, from that of a stage as an answer has it: the signature
/// out of an Authorization header or a URL. The value itself where it is neither.
std::string ComparedValue(const FieldSpec& stage, const std::string& value);

}  // namespace sigvet
