#include "harness/subject/test_cases.h"

#include <algorithm>
#include <utility>

#include "backends/backend_registry.h"
#include "base/check.h"
#include "base/hex.h"
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

std::string TestChain(Backend& backend, std::string key, const std::vector<std::string>& messages) {
  for (const std::string& message : messages) {
    key = AsText(backend.HmacSha256(AsBytes(key), AsBytes(message)));
  }
  return key;
}

std::string TestSignature(Backend& backend, const Case& c, const std::string& first_key,
                          const std::string& string_to_sign) {
  return ToHex(AsBytes(TestChain(backend, first_key,
                                 {c.Text("timestamp").substr(0, 8), c.Text("region"),
                                  c.Text("service"), "aws4_request", string_to_sign})));
}

std::string TestStringToSign(Backend& backend, const Case& c, std::string_view canonical_request) {
  const std::string right = ValueOf(c.expected, "string_to_sign");
  return right.substr(0, right.rfind('\n') + 1) + ToHex(backend.Sha256(AsBytes(canonical_request)));
}

std::string TestPassword(Backend& backend, char version, const std::string& mac) {
  return backend.Base64Encode(AsBytes(version + mac));
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
