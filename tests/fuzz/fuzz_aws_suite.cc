// Feeds arbitrary bytes to the importer of AWS's suite, as the files of a case's folder: their
// texts, in the order of their names, with a form feed between them. It must end, and give either
// errors that name a file or two cases that are whole.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "base/utf8.h"
#include "harness/corpus/aws_sig_v4_suite.h"

namespace sigvet {
namespace {

constexpr std::string_view kFolder = "suite/a-case";

AwsSigV4Texts Split(std::string_view text) {
  AwsSigV4Texts texts;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const bool last = i + 1 == texts.size();
    const std::size_t end = last ? text.npos : text.find('\f');
    texts[i] = text.substr(0, end);
    if (end == text.npos) break;
    text.remove_prefix(end + 1);
  }
  return texts;
}

void CheckCase(const Case& c) {
  Check(c.operation != nullptr && !c.id.empty() && !c.why.empty(), "a case without its parts");
  Check(c.provenance != nullptr, "a case without its provenance");
  Check(c.inputs.size() == c.operation->inputs.size(), "a case without all inputs");
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    const bool absent = std::holds_alternative<std::monostate>(c.inputs[i]);
    Check(!absent || c.operation->inputs[i].presence == Presence::kOptional, "an input is missing");
  }
  Check(c.expected.size() == c.operation->stages.size(), "a case without all stages");
  for (const StageValue& stage : c.expected) {
    const bool may_be_empty = stage.stage->name == "added_headers";
    Check(may_be_empty || !stage.value.empty(), "a stage without a value");
    Check(stage.stage->type != ValueType::kHex || stage.value.size() == 2 * kDigestBytes,
          "a digest of another length");
  }
}

void Import(std::string_view text) {
  const AwsSigV4Texts texts = Split(text);
  ParsedFile file(std::string(kFolder) + "/request.txt");
  ParseAwsSigV4Texts(std::string(kFolder), texts, file);
  for (const Case& c : file.cases) CheckCase(c);
  const std::vector<Error> errors = file.errors.Take();
  Check(file.cases.empty() || (file.cases.size() == 2 && errors.empty()), "cases and errors");
  Check(!file.cases.empty() || !errors.empty() || !texts.back(), "neither cases nor errors");
  for (const Error& error : errors) {
    Check(error.place.file.starts_with(kFolder), "an error without its file");
    Check(IsUtf8(ToString(error)), "an error that is not UTF-8");
  }
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sigvet::Import(sigvet::AsText({data, size}));
  return 0;
}
