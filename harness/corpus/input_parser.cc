#include "harness/corpus/input_parser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

const GivenInput* FindGiven(std::span<const GivenInput> given, std::string_view name) {
  const auto found = std::ranges::find(given, name, &GivenInput::name);
  return found == given.end() ? nullptr : &*found;
}

/// The version that the inputs ask for; 0 where there is none, or a wrong one.
std::int64_t TakeVersion(const Members& members, std::span<const GivenInput> given,
                         const OperationSpec& operation, FileErrors& errors) {
  if (operation.versions.empty()) return 0;
  const GivenInput* const beside = FindGiven(given, "version");
  const YamlNode* const node =
      beside == nullptr ? members.Require("version") : members.Find("version");
  if (node == nullptr && beside == nullptr) return 0;
  const std::optional<std::int64_t> version =
      node == nullptr ? std::get<std::int64_t>(beside->value) : TakeInteger(*node, errors);
  if (!version) return 0;
  if (std::ranges::find(operation.versions, *version) != operation.versions.end()) return *version;
  std::string hint = "known:";
  for (const std::int64_t known : operation.versions) {
    hint += (known == operation.versions.front() ? " " : ", ") + std::to_string(known);
  }
  errors.Add(node == nullptr ? TextPlace() : node->place,
             "unknown version " + std::to_string(*version), std::move(hint));
  return 0;
}

/// What an input is where the case leaves it out.
Value DefaultOf(const FieldSpec& field) {
  switch (field.type) {
    case ValueType::kBoolean:
      return field.default_text == "true";
    case ValueType::kHeaders:
      return std::vector<HttpHeader>();
    default:
      Check(field.type != ValueType::kInteger, "a whole number has no default");
      return std::string(field.default_text);
  }
}

std::string BelongsTo(std::string_view what, const FieldSpec& field, std::int64_t version) {
  return std::string(what) + " belongs to version " + std::to_string(field.version) +
         ", this case is of version " + std::to_string(version);
}

/// Adds that what is given beside the text can't be given, where it can't.
void CheckGiven(std::span<const GivenInput> given, const Members& members,
                const OperationSpec& operation, std::int64_t version, FileErrors& errors) {
  for (const GivenInput& input : given) {
    if (input.from.empty()) continue;
    const auto field = std::ranges::find(operation.inputs, input.name, &FieldSpec::name);
    if (field == operation.inputs.end()) {
      errors.Add(
          Error{std::string(input.from) + ": " + std::string(operation.name) + " has no such input",
                {},
                HintOf(input.name, NamesOf(operation.inputs))});
    } else if (const YamlNode* const member = members.Find(input.name)) {
      errors.Add(member->key_place,
                 Quoted(input.name) + " is given by " + std::string(input.from) + " too",
                 "leave one of them out");
    } else if (IsOfOtherVersion(*field, version)) {
      errors.Add(Error{BelongsTo(input.from, *field, version)});
    }
  }
}

}  // namespace

std::vector<std::string_view> NamesOf(std::span<const FieldSpec> fields) {
  std::vector<std::string_view> names;
  names.reserve(fields.size());
  for (const FieldSpec& field : fields) names.push_back(field.name);
  return names;
}

bool IsOfOtherVersion(const FieldSpec& field, std::int64_t version) {
  return field.version != 0 && version != 0 && field.version != version;
}

void AddOtherVersion(const FieldSpec& field, std::int64_t version, const YamlNode& member,
                     FileErrors& errors) {
  errors.Add(member.key_place, BelongsTo(Quoted(field.name), field, version));
}

void TakeInputs(YamlNode& mapping, std::span<const GivenInput> given, ValueParser& values, Case& c,
                FileErrors& errors) {
  const std::span<const FieldSpec> fields = c.operation->inputs;
  const Members members(mapping, NamesOf(fields), errors);
  const std::int64_t version = TakeVersion(members, given, *c.operation, errors);
  CheckGiven(given, members, *c.operation, version, errors);
  c.inputs.resize(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldSpec& field = fields[i];
    if (field.name == "version") {
      if (version != 0) c.inputs[i] = version;
      continue;
    }
    if (IsOfOtherVersion(field, version)) {
      const YamlNode* const member = members.Find(field.name);
      if (member != nullptr) AddOtherVersion(field, version, *member, errors);
      continue;
    }
    const GivenInput* const beside = FindGiven(given, field.name);
    const bool required = beside == nullptr && field.presence == Presence::kRequired &&
                          (field.version == 0 || version != 0);
    YamlNode* const member = required ? members.Require(field.name) : members.Find(field.name);
    if (member != nullptr) {
      if (auto value = values.Take(field, *member, errors)) c.inputs[i] = *std::move(value);
    } else if (beside != nullptr) {
      c.inputs[i] = beside->value;
    } else if (field.presence == Presence::kDefaulted) {
      c.inputs[i] = DefaultOf(field);
    }
  }
}

}  // namespace sigvet
