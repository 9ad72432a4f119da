#include "diagnosis/defect_search.h"

#include <utility>

namespace sigvet {

std::string SentenceOf(const AppliedDefect& applied) {
  return ReplaceAll(applied.defect->sentence, "{}", applied.value);
}

Derivation WithDefects(const DefectInput& input, const Derivation& right,
                       const Explanation& explanation) {
  Derivation derivation = right;
  for (const AppliedDefect& applied : explanation.defects) {
    applied.defect->change(
        {input.backend, input.signed_request, input.payload_hashes, input.given, applied.value},
        derivation);
  }
  return derivation;
}

SearchResult FindDefects(const DefectInput& input, const Derivation& right,
                         const SearchTarget& target, SearchDepth) {
  SearchResult result;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) {
      if (!HasPart(right.product, defect.part)) continue;
      std::vector<std::string_view> values = {""};
      if (defect.scan != nullptr) {
        const auto scanned = defect.scan(input);
        values.assign(scanned.begin(), scanned.end());
      }
      for (const std::string_view value : values) {
        Explanation explanation = {{{&defect, std::string(value)}}};
        ++result.effort.tried;
        if (ValueAt(input.backend, WithDefects(input, right, explanation), target.stage) ==
            target.value) {
          result.explanations.push_back(std::move(explanation));
        }
      }
    }
  }
  return result;
}

}  // namespace sigvet
