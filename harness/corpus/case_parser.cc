#include "harness/corpus/case_parser.h"

#include <algorithm>
#include <array>

#include "harness/corpus/input_parser.h"
#include "harness/corpus/provenance_parser.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kCaseKeys[] = {"id",      "why",    "operation", "input",
                                          "compute", "refuse", "either",    "provenance"};

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
  TakeInputs(node, {}, values_, c, errors);
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
