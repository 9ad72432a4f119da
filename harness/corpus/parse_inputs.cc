#include "harness/corpus/parse_inputs.h"

#include <utility>

#include "harness/corpus/value_parser.h"
#include "harness/corpus/yaml_reader.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

/// Keeps the members of a mapping (ReadYaml ends where there are too many), of lists also the
/// items.
class MappingKeeper : public YamlHandler {
 public:
  MappingKeeper() {
    mapping_.kind = Kind::kMapping;
    mapping_.place = {1, 1};
  }

  void OnMember(YamlNode& member) override { mapping_.children.push_back(member); }

  void OnItem(YamlNode& item) override {
    std::vector<YamlNode>& items = mapping_.children.back().children;
    if (items.size() <= kMaxCaseHeaders) items.push_back(std::move(item));
  }

  YamlNode& mapping() { return mapping_; }

 private:
  YamlNode mapping_;
};

/// What can't be read at all. Inputs have no format version to begin with.
ParsedInputs Unread(FileErrors& errors) {
  ParsedInputs parsed;
  parsed.errors = errors.Take();
  for (Error& error : parsed.errors) {
    if (error.hint == kBeginHint)
      error.hint = R"(an input in each line, as in region: "us-east-1")";
  }
  return parsed;
}

ParsedInputs TakeFrom(YamlNode& mapping, const OperationSpec& operation,
                      std::span<const GivenInput> given, Backend& decoder, FileErrors& errors) {
  ParsedInputs parsed;
  parsed.c.operation = &operation;
  ValueParser values(decoder);
  TakeInputs(mapping, given, values, parsed.c, errors);
  parsed.errors = errors.Take();
  return parsed;
}

}  // namespace

ParsedInputs ParseInputs(const std::string& file, std::string_view text,
                         const OperationSpec& operation, std::span<const GivenInput> given,
                         Backend& decoder) {
  FileErrors errors(file);
  if (text.size() > kMaxInputsBytes) {
    errors.Add({}, "longer than " + std::to_string(kMaxInputsBytes >> 20) + " MiB");
    return {{}, errors.Take()};
  }
  MappingKeeper keeper;
  if (!ReadYaml(text, errors, keeper)) return Unread(errors);
  return TakeFrom(keeper.mapping(), operation, given, decoder, errors);
}

ParsedInputs ParseInputs(const OperationSpec& operation, std::span<const GivenInput> given,
                         Backend& decoder) {
  FileErrors errors("");
  YamlNode nothing;
  nothing.kind = Kind::kMapping;
  return TakeFrom(nothing, operation, given, decoder, errors);
}

}  // namespace sigvet
