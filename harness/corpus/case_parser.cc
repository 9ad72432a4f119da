#include "harness/corpus/case_parser.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "harness/corpus/provenance_parser.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kCaseKeys[] = {"id",      "why",    "operation", "input",
                                          "compute", "refuse", "either",    "provenance"};

std::vector<std::string_view> NamesOf(std::span<const FieldSpec> fields) {
  std::vector<std::string_view> names;
  names.reserve(fields.size());
  for (const FieldSpec& field : fields) names.push_back(field.name);
  return names;
}

std::string ParseId(YamlNode& node, std::string_view suite, FileErrors& errors) {
  std::optional<std::string> id = TakeString(node, errors);
  if (!id) return {};
  if (!IsKebabCase(*id)) {
    errors.Add(node.place, Quoted(*id) + " is no id",
               "lower-case letters, digits and single hyphens, as in \"rust-sample\"");
    return {};
  }
  if (suite.size() + 1 + id->size() > kMaxIdBytes) {
    errors.Add(node.place, "id of more than 100 characters, with its suite");
    return {};
  }
  if (suite.empty()) return {};
  std::string full_id;
  full_id.reserve(suite.size() + 1 + id->size());
  full_id.append(suite).append("/").append(*id);
  return full_id;
}

/// The version that the inputs ask for; 0 where there is none, or a wrong one.
std::int64_t ParseVersion(const Members& members, const OperationSpec& operation,
                          FileErrors& errors) {
  if (operation.versions.empty()) return 0;
  const YamlNode* const node = members.Require("version");
  if (node == nullptr) return 0;
  const std::optional<std::int64_t> version = TakeInteger(*node, errors);
  if (!version) return 0;
  if (std::ranges::find(operation.versions, *version) != operation.versions.end()) return *version;
  std::string hint = "known:";
  for (const std::int64_t known : operation.versions) {
    hint += (known == operation.versions.front() ? " " : ", ") + std::to_string(known);
  }
  errors.Add(node->place, "unknown version " + std::to_string(*version), std::move(hint));
  return 0;
}

/// The version of `c`, once its inputs are parsed; 0 where it has none or it is not known.
std::int64_t VersionOf(const Case& c) {
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    if (c.operation->inputs[i].name == "version") {
      const auto* const version = std::get_if<std::int64_t>(&c.inputs[i]);
      return version == nullptr ? 0 : *version;
    }
  }
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

/// Whether `field` is of another version than `version`, which is 0 where it is not known.
bool IsOfOtherVersion(const FieldSpec& field, std::int64_t version) {
  return field.version != 0 && version != 0 && field.version != version;
}

void AddOtherVersion(const FieldSpec& field, std::int64_t version, const YamlNode& member,
                     FileErrors& errors) {
  errors.Add(member.key_place, Quoted(field.name) + " belongs to version " +
                                   std::to_string(field.version) + ", this case is of version " +
                                   std::to_string(version));
}

}  // namespace

bool IsKebabCase(std::string_view text) {
  bool after_hyphen = true;
  for (const char c : text) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word && (c != '-' || after_hyphen)) return false;
    after_hyphen = !word;
  }
  return !after_hyphen;
}

Case CaseParser::Parse(YamlNode& node, std::string_view suite, FileErrors& errors) {
  Case c;
  c.line = node.place.line;
  c.column = node.place.column;
  const std::size_t errors_before = errors.size();
  if (!CheckKind(Kind::kMapping, node, errors)) return c;
  const Members members(node, kCaseKeys, errors);
  if (YamlNode* const id = members.Require("id")) c.id = ParseId(*id, suite, errors);
  if (YamlNode* const why = members.Require("why")) c.why = TakeText(*why, errors).value_or("");
  if (YamlNode* const operation = members.Require("operation")) {
    c.operation = TakeOperation(*operation, errors);
  }
  if (YamlNode* const input = members.Require("input")) ParseInputs(*input, c, errors);
  ParseRequirement(members, node, c, errors);
  if (YamlNode* const provenance = members.Require("provenance")) {
    Provenance parsed = ParseProvenance(*provenance, errors);
    if (!last_provenance_ || *last_provenance_ != parsed) {
      last_provenance_ = std::make_shared<const Provenance>(std::move(parsed));
    }
    c.provenance = last_provenance_;
    if (c.IsContested() && errors.size() == errors_before) {
      CheckContested(c, provenance->place, errors);
    }
  }
  return c;
}

void CaseParser::ParseInputs(YamlNode& node, Case& c, FileErrors& errors) {
  if (!CheckKind(Kind::kMapping, node, errors) || c.operation == nullptr) return;
  const std::span<const FieldSpec> fields = c.operation->inputs;
  const Members members(node, NamesOf(fields), errors);
  const std::int64_t version = ParseVersion(members, *c.operation, errors);
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
    const bool required =
        field.presence == Presence::kRequired && (field.version == 0 || version != 0);
    YamlNode* const member = required ? members.Require(field.name) : members.Find(field.name);
    if (member == nullptr) {
      if (field.presence == Presence::kDefaulted) c.inputs[i] = DefaultOf(field);
    } else if (auto value = values_.Take(field, *member, errors)) {
      c.inputs[i] = *std::move(value);
    }
  }
}

void CaseParser::ParseStages(YamlNode& node, Case& c, FileErrors& errors) {
  if (!CheckKind(Kind::kMapping, node, errors) || c.operation == nullptr) return;
  const std::span<const FieldSpec> fields = c.operation->stages;
  const Members members(node, NamesOf(fields), errors);
  const std::int64_t version = VersionOf(c);
  const FieldSpec* last = nullptr;
  c.expected.reserve(std::min(node.children.size(), fields.size()));
  for (const FieldSpec& field : fields) {
    YamlNode* const member = members.Find(field.name);
    if (IsOfOtherVersion(field, version)) {
      if (member != nullptr) AddOtherVersion(field, version, *member, errors);
      continue;
    }
    last = &field;
    if (member == nullptr) continue;
    auto value = values_.Take(field, *member, errors);
    if (!value) continue;
    if (auto* const text = std::get_if<std::string>(&*value)) {
      c.expected.push_back({&field, std::move(*text)});
    }
  }
  if (last != nullptr) members.Require(last->name);
}

void CaseParser::ParseRequirement(const Members& members, const YamlNode& node, Case& c,
                                  FileErrors& errors) {
  struct Choice {
    std::string_view key;
    Requirement requirement;
    YamlNode* node = nullptr;
  };
  std::array<Choice, 3> choices = {{{"compute", Requirement::kCompute},
                                    {"refuse", Requirement::kRefuse},
                                    {"either", Requirement::kEither}}};
  const Choice* first = nullptr;
  bool misspelt = false;
  for (Choice& choice : choices) {
    choice.node = members.Find(choice.key);
    misspelt = misspelt || members.IsMisspelt(choice.key);
    if (choice.node == nullptr) continue;
    if (first != nullptr) {
      errors.Add(choice.node->key_place, Quoted(choice.key) + " besides " + Quoted(first->key),
                 "a case has one of compute, refuse and either");
    } else {
      first = &choice;
    }
  }
  if (first == nullptr) {
    if (!misspelt) errors.Add(node.place, R"(missing key "compute", "refuse" or "either")");
    return;
  }
  c.requirement = first->requirement;
  if (first->requirement == Requirement::kRefuse) {
    c.refusal = TakeText(*first->node, errors).value_or("");
  } else {
    ParseStages(*first->node, c, errors);
    if (first->requirement == Requirement::kEither) c.refusal = c.why;
  }
}

}  // namespace sigvet
