#include "harness/run/mistakes.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace sigvet {
namespace {

/// That there are more shows.
constexpr std::size_t kMostShownValues = kMostMistakeValues - 1;

/// Puts `values` into the mistake and its sentence.
void SetValues(const Defect& defect, std::vector<std::string> values, RunReport::Mistake& mistake) {
  std::erase(values, "");
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
  std::string text;
  for (std::size_t i = 0; i < std::min(values.size(), kMostShownValues); ++i) {
    text.append(i > 0 ? ", " : "").append(values[i]);
  }
  if (values.size() > kMostShownValues) text += ", ...";
  if (values.size() > kMostMistakeValues) values.resize(kMostMistakeValues);
  mistake.sentence = SentenceOf({&defect, text});
  mistake.values = std::move(values);
}

}  // namespace

RunReport::Mistake MistakeOf(const Defect& defect, std::vector<std::string> values,
                             Product product) {
  RunReport::Mistake mistake;
  mistake.id = defect.id;
  mistake.remedy = defect.remedy;
  mistake.line = AlgorithmLine(defect, product);
  SetValues(defect, std::move(values), mistake);
  return mistake;
}

RunReport::Mistake JoinMistakes(std::span<const RunReport::Mistake* const> mistakes) {
  RunReport::Mistake joined = *mistakes.front();
  const Defect* const defect = FindDefect(joined.id);
  if (defect == nullptr) return joined;  // there is no other sentence to be had
  std::vector<std::string> values;
  for (const RunReport::Mistake* mistake : mistakes) {
    values.insert(values.end(), mistake->values.begin(), mistake->values.end());
  }
  SetValues(*defect, std::move(values), joined);
  return joined;
}

}  // namespace sigvet
