// Feeds arbitrary bytes to the corpus loader: it must end, and give either errors with places
// inside of the text or cases that are whole.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "backends/builtin/builtin_backend.h"
#include "base/check.h"
#include "base/utf8.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {
namespace {

std::unique_ptr<Backend> TestBackend() { return MakeBuiltinBackend().value(); }

void CheckCase(const Case& c) {
  Check(!c.id.empty() && !c.why.empty(), "a case without an id or a reason");
  Check(c.operation != nullptr, "a case without an operation");
  Check(c.inputs.size() == c.operation->inputs.size(), "a case without all inputs");
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    const bool used = c.Uses(c.operation->inputs[i]);
    Check(used != std::holds_alternative<std::monostate>(c.inputs[i]), "an input is missing");
  }
  const bool must_refuse = c.requirement == Requirement::kRefuse;
  Check(c.expected.empty() == must_refuse, "stages of a refused case, or none of another");
  Check(c.provenance != nullptr, "a case without its provenance");
  Check(c.refusal.empty() == (c.requirement == Requirement::kCompute), "a refusal too many or few");
  if (must_refuse) return;
  Check(c.expected.back().stage == &c.operation->stages.back(), "the last stage is missing");
  for (const StageValue& stage : c.expected) {
    Check(c.Uses(*stage.stage), "a stage of another version");
    Check(stage.stage->type != ValueType::kHex || stage.value.size() == 2 * kDigestBytes,
          "a digest of another length");
  }
}

void LoadBytes(std::string_view text) {
  const CorpusSource source = {"fuzz.yaml", text};
  const LoadedCorpus loaded = LoadCorpus({&source, 1}, TestBackend);
  Check(loaded.errors.empty() != loaded.corpus.cases.empty(), "neither errors nor cases, or both");
  Check(!loaded.interrupted, "an interrupt that nobody asked for");
  for (const Case& c : loaded.corpus.cases) CheckCase(c);
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  for (const Error& error : loaded.errors) {
    Check(error.place.line <= lines && error.place.column <= text.size() + 1,
          "an error outside of the text");
    Check(IsUtf8(ToString(error)), "an error that is not UTF-8");
  }
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // An empty text means that the file is to be read.
  if (size > 0) sigvet::LoadBytes(sigvet::AsText({data, size}));
  return 0;
}
