// Feeds arbitrary bytes to the corpus loader: it must end, and give either errors with places
// inside of the text or cases that are whole.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "backends/builtin/builtin_backend.h"
#include "base/check.h"
#include "base/utf8.h"
#include "harness/corpus/load_corpus.h"
#include "harness/corpus/value_parser.h"

namespace sigvet {
namespace {

std::unique_ptr<Backend> TestBackend() { return MakeBuiltinBackend().value(); }

bool HoldsType(const FieldSpec& input, const Value& value) {
  switch (input.type) {
    case ValueType::kInteger:
      return std::holds_alternative<std::int64_t>(value);
    case ValueType::kBoolean:
      return std::holds_alternative<bool>(value);
    case ValueType::kHeaders:
      return std::holds_alternative<std::vector<HttpHeader>>(value);
    default:
      return std::holds_alternative<std::string>(value);
  }
}

void CheckInput(const Case& c, const FieldSpec& input, const Value& value) {
  if (std::holds_alternative<std::monostate>(value)) {
    Check(!c.Uses(input) || input.presence == Presence::kOptional, "an input is missing");
    return;
  }
  Check(c.Uses(input), "an input of another version");
  Check(HoldsType(input, value), "an input of another type");
  if (input.type == ValueType::kHeaders) {
    Check(c.Headers(input.name).size() <= kMaxCaseHeaders, "too many headers");
  }
  if (input.type == ValueType::kChoice) {
    Check(std::ranges::count(input.choices, c.Text(input.name)) == 1, "no choice of the input");
  }
}

void CheckContested(const Case& c) {
  const auto& observed = c.provenance->observed;
  Check(c.IsContested() != observed.empty(), "observations too many or few");
  if (observed.empty()) return;
  Check(observed.size() >= 2, "a contested case that nobody contests");
  const auto own = std::ranges::find(c.expected, SignatureStage(*c.operation), &StageValue::stage);
  Check(own != c.expected.end(), "a contested case without a signature");
  Check(std::ranges::count(observed, own->value, &Provenance::Observation::signature) == 1,
        "a contested case whose signature nobody gives");
}

void CheckCase(const Case& c) {
  Check(!c.id.empty() && !c.why.empty(), "a case without an id or a reason");
  Check(c.operation != nullptr, "a case without an operation");
  Check(c.inputs.size() == c.operation->inputs.size(), "a case without all inputs");
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    CheckInput(c, c.operation->inputs[i], c.inputs[i]);
  }
  const bool must_refuse = c.requirement == Requirement::kRefuse;
  Check(c.expected.empty() == must_refuse, "stages of a refused case, or none of another");
  Check(c.provenance != nullptr, "a case without its provenance");
  Check(c.refusal.empty() == (c.requirement == Requirement::kCompute), "a refusal too many or few");
  CheckContested(c);
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
