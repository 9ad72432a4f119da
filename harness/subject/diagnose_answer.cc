#include "harness/subject/diagnose_answer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "diagnosis/value_structure.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

using Located = CaseDerivation::Located;

/// A stage that was answered wrongly.
struct Wrong {
  const FieldSpec* stage;
  Located located;
  std::string value;

  SearchTarget target() const { return {located.stage, value}; }
  bool IsFinal() const { return located.stage.kind == Stage::Kind::kFinal; }
};

/// The parts of an answer that can be explained.
struct WrongStages {
  /// Of what comes out: the signature, for chunks that of the seed if it is there.
  std::optional<Wrong> final_stage;
  /// The first one before that.
  std::optional<Wrong> first;
  /// Of chunks: whether a signature of the seed was answered.
  bool has_seed = false;
};

std::string_view UpTo(std::string_view text, std::string_view ends) {
  return text.substr(0, text.find_first_of(ends));
}

/// Of several stages that hold the same value (a signature, and the header with it) the first one
/// counts: where it is right, another one is only written wrongly.
WrongStages FindWrong(const CaseDerivation& derivation, std::span<const StageValue> stages) {
  Backend& backend = derivation.input().backend;
  WrongStages wrong;
  bool has_final = false;
  for (const StageValue& answered : stages) {
    const std::optional<Located> located = derivation.Find(*answered.stage);
    if (!located) continue;
    Wrong one = {answered.stage, *located, ComparedValue(*answered.stage, answered.value)};
    const bool is_chunks = located->derivation == derivation.chunks();
    if (one.IsFinal() && has_final && !is_chunks) continue;
    has_final = has_final || one.IsFinal();
    wrong.has_seed = wrong.has_seed || (one.IsFinal() && !is_chunks);
    if (one.value == ValueAt(backend, *located->derivation, located->stage)) continue;
    std::optional<Wrong>& place = one.IsFinal() ? wrong.final_stage : wrong.first;
    if (!place) place = std::move(one);
  }
  return wrong;
}

/// Where a defect stands in AllDefects.
std::size_t RankOf(const Defect& defect) {
  std::size_t rank = 0;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& other : family) {
      if (&other == &defect) return rank;
      ++rank;
    }
  }
  return rank;
}

/// Both together; nullopt where two of them are in one part.
std::optional<Explanation> Combine(const Explanation& a, const Explanation& b) {
  Explanation both = a;
  for (const AppliedDefect& applied : b.defects) {
    const auto is_in_its_part = [&](const AppliedDefect& other) {
      return other.defect->part == applied.defect->part;
    };
    if (std::ranges::any_of(a.defects, is_in_its_part)) return std::nullopt;
    both.defects.push_back(applied);
  }
  std::ranges::sort(both.defects, {},
                    [](const AppliedDefect& applied) { return RankOf(*applied.defect); });
  return both;
}

class Diagnoser {
 public:
  Diagnoser(const CaseDerivation& derivation, std::span<const StageValue> stages)
      : derivation_(derivation), wrong_(FindWrong(derivation, stages)) {}

  AnswerDiagnosis Diagnose(std::span<const Explanation> known, SearchDepth depth) {
    Explain(known, depth);
    if (diagnosis_.explanations.empty()) DescribeForm();
    return std::move(diagnosis_);
  }

 private:
  void Explain(std::span<const Explanation> known, SearchDepth depth) {
    if (wrong_.final_stage && DiagnoseFinal(known)) return;
    std::vector<Explanation> of_first;
    if (wrong_.first) of_first = Search(*wrong_.first, SearchDepth::kSingles);
    if (wrong_.final_stage && DiagnoseFrom(of_first)) return;
    if (of_first.empty() && depth == SearchDepth::kPairs) {
      if (wrong_.final_stage && Accept(*wrong_.final_stage, SearchAll(*wrong_.final_stage))) {
        return;
      }
      if (wrong_.first) of_first = SearchAll(*wrong_.first);
    }
    if (wrong_.first) Accept(*wrong_.first, std::move(of_first));
  }

  void DescribeForm() {
    const std::optional<Wrong>& wrong = wrong_.final_stage ? wrong_.final_stage : wrong_.first;
    if (!wrong) return;
    std::vector<std::string> sentences =
        DescribeStructure(*wrong->located.derivation, wrong->located.stage, wrong->value);
    if (!sentences.empty()) diagnosis_.structure = std::move(sentences.front());
  }

  bool Accept(const Wrong& wrong, std::vector<Explanation> explanations) {
    if (explanations.empty()) return false;
    diagnosis_.stage = wrong.stage;
    diagnosis_.product = wrong.located.derivation->product;
    diagnosis_.explanations = std::move(explanations);
    return true;
  }

  /// Single defects, then those that are known already.
  bool DiagnoseFinal(std::span<const Explanation> known) {
    const Wrong& wrong = *wrong_.final_stage;
    if (Accept(wrong, Search(wrong, SearchDepth::kSingles))) return true;
    std::vector<Explanation> holding;
    for (const Explanation& explanation : known) {
      if (Explains(wrong, explanation)) holding.push_back(explanation);
    }
    return Accept(wrong, std::move(holding));
  }

  /// One more defect than those that explain the stage before.
  bool DiagnoseFrom(const std::vector<Explanation>& of_first) {
    const Wrong& wrong = *wrong_.final_stage;
    std::vector<Explanation> holding;
    for (const Explanation& begin : of_first) {
      if (wrong.located.derivation != wrong_.first->located.derivation) break;
      const Derivation derivation =
          WithDefects(derivation_.input(), *wrong.located.derivation, begin);
      for (const Explanation& end : Find(derivation, wrong, SearchDepth::kSingles)) {
        const std::optional<Explanation> both = Combine(begin, end);
        if (both && Explains(wrong, *both)) holding.push_back(*both);
      }
    }
    return Accept(wrong, std::move(holding));
  }

  bool Explains(const Wrong& wrong, const Explanation& explanation) {
    ++diagnosis_.effort.tried;
    if (wrong.located.derivation == derivation_.chunks()) {
      const std::vector<StageValue> stages = derivation_.StagesWith(explanation);
      const auto found = std::ranges::find(stages, wrong.stage, &StageValue::stage);
      return found != stages.end() && found->value == wrong.value;
    }
    return ValueAt(derivation_.input().backend,
                   WithDefects(derivation_.input(), *wrong.located.derivation, explanation),
                   wrong.located.stage) == wrong.value;
  }

  std::vector<Explanation> Find(const Derivation& derivation, const Wrong& wrong,
                                SearchDepth depth) {
    SearchResult result = FindDefects(derivation_.input(), derivation, wrong.target(), depth);
    diagnosis_.effort.tried += result.effort.tried;
    diagnosis_.effort.computed += result.effort.computed;
    diagnosis_.effort.pairs_were_tried |= result.effort.pairs_were_tried;
    return std::move(result.explanations);
  }

  std::vector<Explanation> Search(const Wrong& wrong, SearchDepth depth) {
    if (IsChunksOfUnknownSeed(wrong)) return SearchThroughSeed(wrong);
    return Find(*wrong.located.derivation, wrong, depth);
  }

  std::vector<Explanation> SearchAll(const Wrong& wrong) {
    if (IsChunksOfUnknownSeed(wrong)) return {};
    return Find(*wrong.located.derivation, wrong, SearchDepth::kPairs);
  }

  bool IsChunksOfUnknownSeed(const Wrong& wrong) const {
    return wrong.located.derivation == derivation_.chunks() && !wrong_.has_seed;
  }

  /// Single defects that may have spoiled the seed's signature too, which each chunk's follows; of
  /// those that are scanned for the likely values.
  std::vector<Explanation> SearchThroughSeed(const Wrong& wrong) {
    std::vector<Explanation> holding;
    for (const std::span<const Defect> family : AllDefects()) {
      for (const Defect& defect : family) {
        if (!derivation_.Has(defect.part)) continue;
        for (const std::string_view value : ValuesOf(defect)) {
          Explanation explanation = {{{&defect, std::string(value)}}};
          if (Explains(wrong, explanation)) holding.push_back(std::move(explanation));
        }
      }
    }
    return holding;
  }

  std::vector<std::string_view> ValuesOf(const Defect& defect) const {
    if (defect.scan == nullptr) return {""};
    constexpr std::size_t kMostValues = 200;
    const auto values = defect.scan(derivation_.input());
    const auto likely = values.first(std::min(values.size(), kMostValues));
    return {likely.begin(), likely.end()};
  }

  const CaseDerivation& derivation_;
  const WrongStages wrong_;
  AnswerDiagnosis diagnosis_;
};

}  // namespace

AnswerDiagnosis DiagnoseAnswer(const CaseDerivation& derivation, std::span<const StageValue> stages,
                               std::span<const Explanation> known, SearchDepth depth) {
  return Diagnoser(derivation, stages).Diagnose(known, depth);
}

std::string ComparedValue(const FieldSpec& stage, const std::string& value) {
  if (stage.type != ValueType::kAuthorization && stage.type != ValueType::kUrl) return value;
  constexpr std::string_view kSignature = "Signature=";
  const std::size_t at = value.rfind(kSignature);
  if (at == value.npos) return value;
  const std::string_view rest = std::string_view(value).substr(at + kSignature.size());
  if (stage.type == ValueType::kAuthorization) return std::string(UpTo(rest, ", "));
  const std::string_view signature = UpTo(rest, "&#");
  return PercentDecode(signature).value_or(std::string(signature));
}

}  // namespace sigvet
