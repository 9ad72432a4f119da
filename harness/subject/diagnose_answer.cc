#include "harness/subject/diagnose_answer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "diagnosis/value_structure.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

using Located = CaseDerivation::Located;

/// How many explanations of a stage are built upon: each takes a search.
constexpr std::size_t kMostBegins = 4;

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
  Diagnoser(const CaseDerivation& derivation, std::span<const StageValue> stages,
            std::span<const Explanation> known, DiagnosisDepth depth)
      : derivation_(derivation),
        wrong_(FindWrong(derivation, stages)),
        known_(known),
        depth_(depth) {}

  AnswerDiagnosis Diagnose() {
    Explain();
    if (diagnosis_.explanations.empty()) DescribeForm();
    return std::move(diagnosis_);
  }

 private:
  void Explain() {
    const std::optional<Wrong>& last = wrong_.final_stage;
    const std::optional<Wrong>& first = wrong_.first;
    if (last && Accept(*last, FindKnown(*last))) return;
    if (last && Accept(*last, FindSingles(*last))) return;
    std::vector<Explanation> of_first;
    if (first) of_first = FindKnown(*first);
    if (first && of_first.empty()) of_first = FindSingles(*first);
    if (last && first && Accept(*last, FindFrom(*first, of_first, *last))) return;
    if (of_first.empty() && depth_ == DiagnosisDepth::kAll) {
      if (last && Accept(*last, FindPairs(*last))) return;
      if (first) of_first = FindPairs(*first);
    }
    if (first) diagnosis_.is_partial = Accept(*first, std::move(of_first)) && last.has_value();
  }

  bool Accept(const Wrong& wrong, std::vector<Explanation> explanations) {
    if (explanations.empty()) return false;
    diagnosis_.stage = wrong.stage;
    diagnosis_.product = wrong.located.derivation->product;
    diagnosis_.explanations = std::move(explanations);
    return true;
  }

  void DescribeForm() {
    const std::optional<Wrong>& wrong = wrong_.final_stage ? wrong_.final_stage : wrong_.first;
    if (!wrong) return;
    std::vector<std::string> sentences =
        DescribeStructure(*wrong->located.derivation, wrong->located.stage, wrong->value);
    if (!sentences.empty()) diagnosis_.structure = std::move(sentences.front());
  }

  std::vector<Explanation> FindKnown(const Wrong& wrong) {
    std::vector<Explanation> holding;
    for (const Explanation& explanation : known_) {
      const std::size_t size = explanation.defects.size();
      const std::size_t fewest = holding.empty() ? size : holding.front().defects.size();
      if (size > fewest || !Explains(wrong, explanation)) continue;
      if (size < fewest) holding.clear();
      holding.push_back(explanation);
    }
    return holding;
  }

  std::vector<Explanation> FindSingles(const Wrong& wrong) {
    if (depth_ == DiagnosisDepth::kKnown) return {};
    if (depth_ == DiagnosisDepth::kLikely || IsChunksOfUnknownSeed(wrong)) return TryLikely(wrong);
    return Find(*wrong.located.derivation, wrong, SearchDepth::kSingles);
  }

  std::vector<Explanation> FindPairs(const Wrong& wrong) {
    if (IsChunksOfUnknownSeed(wrong)) return {};
    return Find(*wrong.located.derivation, wrong, SearchDepth::kPairs);
  }

  /// One more defect than those that explain the stage before.
  std::vector<Explanation> FindFrom(const Wrong& first, const std::vector<Explanation>& of_first,
                                    const Wrong& last) {
    std::vector<Explanation> holding;
    if (depth_ != DiagnosisDepth::kAll) return holding;
    if (first.located.derivation != last.located.derivation) return holding;
    for (const Explanation& begin :
         std::span(of_first).first(std::min(of_first.size(), kMostBegins))) {
      const Derivation derivation =
          WithDefects(derivation_.input(), *last.located.derivation, begin);
      for (const Explanation& end : Find(derivation, last, SearchDepth::kSingles)) {
        const std::optional<Explanation> both = Combine(begin, end);
        if (both && Explains(last, *both)) holding.push_back(*both);
      }
    }
    return holding;
  }

  std::vector<Explanation> Find(const Derivation& derivation, const Wrong& wrong,
                                SearchDepth depth) {
    SearchResult result = FindDefects(derivation_.input(), derivation, wrong.target(), depth);
    diagnosis_.effort.tried += result.effort.tried;
    diagnosis_.effort.computed += result.effort.computed;
    diagnosis_.effort.pairs_were_tried |= result.effort.pairs_were_tried;
    return std::move(result.explanations);
  }

  bool Explains(const Wrong& wrong, const Explanation& explanation) {
    // Nothing is the value of every stage that was left out.
    if (wrong.value.empty()) return false;
    const auto has_part = [this](const AppliedDefect& applied) {
      return derivation_.Has(applied.defect->part);
    };
    if (!std::ranges::all_of(explanation.defects, has_part)) return false;
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

  /// Then a single defect may have spoiled the seed's signature too, which each chunk's follows.
  bool IsChunksOfUnknownSeed(const Wrong& wrong) const {
    return wrong.located.derivation == derivation_.chunks() && !wrong_.has_seed;
  }

  std::vector<Explanation> TryLikely(const Wrong& wrong) {
    std::vector<Explanation> holding;
    for (const std::span<const Defect> family : AllDefects()) {
      for (const Defect& defect : family) {
        if (defect.scan != nullptr || !derivation_.Has(defect.part)) continue;
        Explanation explanation = {{{&defect}}};
        if (Explains(wrong, explanation)) holding.push_back(std::move(explanation));
      }
    }
    return holding;
  }

  const CaseDerivation& derivation_;
  const WrongStages wrong_;
  const std::span<const Explanation> known_;
  const DiagnosisDepth depth_;
  AnswerDiagnosis diagnosis_;
};

}  // namespace

AnswerDiagnosis DiagnoseAnswer(const CaseDerivation& derivation, std::span<const StageValue> stages,
                               std::span<const Explanation> known, DiagnosisDepth depth) {
  return Diagnoser(derivation, stages, known, depth).Diagnose();
}

std::string ComparedValue(const FieldSpec& stage, const std::string& value) {
  if (stage.type != ValueType::kAuthorization && stage.type != ValueType::kUrl) return value;
  constexpr std::string_view kSignature = "Signature=";
  const std::size_t at = value.rfind(kSignature);
  if (at == value.npos) return value;
  const std::string_view text = value;
  const std::string_view rest = text.substr(at + kSignature.size());
  if (stage.type == ValueType::kAuthorization) return std::string(UpTo(rest, ", "));
  const std::string_view signature = UpTo(rest, "&#");
  return PercentDecode(signature).value_or(std::string(signature));
}

}  // namespace sigvet
