#include "harness/subject/test_cases.h"

#include <algorithm>
#include <utility>

#include "backends/backend_registry.h"
#include "base/check.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {

std::unique_ptr<Backend> AnyTestBackend() {
  BackendResult backend = MakeAnyBackend();
  Check(backend.ok(), "no backend");
  return std::move(backend).value();
}

const Corpus& TestBuiltInCorpus() {
  static const LoadedCorpus loaded = LoadCorpus(BuiltInCorpus(), AnyTestBackend);
  Check(loaded.errors.empty(), "the built-in corpus has errors");
  return loaded.corpus;
}

const Case& BuiltInCase(std::string_view id) {
  const auto found = std::ranges::find(TestBuiltInCorpus().cases, id, &Case::id);
  Check(found != TestBuiltInCorpus().cases.end(), "no such case in the built-in corpus");
  return *found;
}

std::unique_ptr<CaseDerivation> DeriveTestCase(Backend& backend, const Case& c) {
  auto derivation = CaseDerivation::Create(backend, c);
  Check(derivation.ok(), "a case that can't be derived");
  return *std::move(derivation);
}

const FieldSpec& StageNamed(const Case& c, std::string_view name) {
  const auto found = std::ranges::find(c.operation->stages, name, &FieldSpec::name);
  Check(found != c.operation->stages.end(), "no such stage");
  return *found;
}

std::string ValueOf(const std::vector<StageValue>& stages, std::string_view name) {
  const auto found = std::ranges::find_if(
      stages, [&](const StageValue& stage) { return stage.stage->name == name; });
  Check(found != stages.end(), "no value of that stage");
  return found->value;
}

}  // namespace sigvet
