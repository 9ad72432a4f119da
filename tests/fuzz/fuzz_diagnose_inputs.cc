// Feeds arbitrary bytes to the reader of a derivation's inputs: the operation's name in the first
// line, the inputs below it. It must end, with errors inside of the text or with a case that either
// is refused or gives every stage.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "backends/builtin/builtin_backend.h"
#include "base/bytes.h"
#include "base/check.h"
#include "base/utf8.h"
#include "harness/corpus/parse_inputs.h"
#include "harness/subject/case_derivation.h"

namespace sigvet {
namespace {

void CheckDerivation(Backend& backend, const Case& c) {
  const auto derivation = CaseDerivation::Create(backend, c);
  if (!derivation) {
    Check(IsUtf8(ToString(derivation.error())), "an error that is not UTF-8");
    return;
  }
  for (const StageValue& stage : (*derivation)->StagesWith({})) {
    Check(stage.stage != nullptr && c.Uses(*stage.stage), "a stage of another version");
    Check(!stage.value.empty() || stage.stage->type == ValueType::kText, "a stage without a value");
  }
}

void ParseBytes(std::string_view text) {
  static const std::unique_ptr<Backend> backend = MakeBuiltinBackend().value();
  const std::size_t end = std::min(text.find('\n'), text.size());
  const OperationSpec* const operation = FindOperation(text.substr(0, end));
  if (operation == nullptr) return;
  text.remove_prefix(std::min(end + 1, text.size()));
  const GivenInput given[] = {{"secret", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
                              {"region", "us-east-1", "--region"}};
  const ParsedInputs parsed = ParseInputs("in.yaml", text, *operation, given, *backend);
  if (parsed.errors.empty()) return CheckDerivation(*backend, parsed.c);
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  for (const Error& error : parsed.errors) {
    Check(error.place.line <= lines && error.place.column <= text.size() + 1,
          "an error outside of the text");
    Check(IsUtf8(ToString(error)) && !error.message.empty(), "an error that says nothing");
  }
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sigvet::ParseBytes(sigvet::AsText({data, size}));
  return 0;
}
