#include "harness/corpus/provenance_parser.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/corpus/value_parser.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kProvenanceKeys[] = {"kind", "source", "agree", "observed"};
constexpr std::string_view kObservationKeys[] = {"signature", "by"};
/// In the order of Provenance::Kind.
constexpr std::string_view kProvenanceKinds[] = {"published", "cross-checked", "derived",
                                                 "contested"};
constexpr std::size_t kMinAgree = 2;
constexpr std::size_t kMinObserved = 2;

std::optional<Provenance::Kind> ParseKind(YamlNode& node, FileErrors& errors) {
  const std::optional<std::string> name = TakeString(node, errors);
  if (!name) return std::nullopt;
  const auto* const found = std::ranges::find(kProvenanceKinds, *name);
  if (found == std::end(kProvenanceKinds)) {
    errors.Add(node.place, "unknown kind of provenance " + Quoted(*name),
               HintOf(*name, kProvenanceKinds));
    return std::nullopt;
  }
  return static_cast<Provenance::Kind>(found - std::begin(kProvenanceKinds));
}

/// A list of implementations, none of which is in `known` already.
std::vector<std::string> ParseImplementations(YamlNode& node, std::vector<std::string>& known,
                                              FileErrors& errors) {
  std::vector<std::string> names;
  if (!CheckKind(Kind::kSequence, node, errors)) return names;
  for (YamlNode& item : node.children) {
    std::optional<std::string> name = TakeText(item, errors);
    if (!name) continue;
    if (std::ranges::find(known, *name) != known.end()) {
      errors.Add(item.place, "repeated implementation " + Quoted(*name));
    } else {
      known.push_back(*name);
      names.push_back(*std::move(name));
    }
  }
  return names;
}

void ParseAgree(YamlNode& node, std::optional<Provenance::Kind> kind, Provenance& provenance,
                FileErrors& errors) {
  if (kind == Provenance::Kind::kDerived) {
    errors.Add(node.key_place, R"("agree" does not go with "derived")",
               R"(where implementations agree, the kind is "cross-checked")");
    return;
  }
  if (kind == Provenance::Kind::kContested) {
    errors.Add(node.key_place, R"("agree" does not go with "contested")",
               R"("observed" says who gives which signature)");
    return;
  }
  std::vector<std::string> known;
  provenance.agree = ParseImplementations(node, known, errors);
  if (node.kind != Kind::kSequence) return;
  if (kind == Provenance::Kind::kCrossChecked && node.children.size() < kMinAgree) {
    errors.Add(node.place, "a cross-checked value needs at least 2 implementations that agree");
  } else if (node.children.empty()) {
    errors.Add(node.place, "empty list", R"(leave "agree" out)");
  }
}

/// An item of `observed`. `observed` holds the earlier ones, `known` their implementations.
std::optional<Provenance::Observation> ParseObservation(
    YamlNode& node, const std::vector<Provenance::Observation>& observed,
    std::vector<std::string>& known, FileErrors& errors) {
  if (!CheckKind(Kind::kMapping, node, errors)) return std::nullopt;
  Provenance::Observation observation;
  const Members members(node, kObservationKeys, errors);
  if (YamlNode* const signature = members.Require("signature")) {
    observation.signature = TakeHexDigits(*signature, errors).value_or("");
    const bool repeated = std::ranges::find(observed, observation.signature,
                                            &Provenance::Observation::signature) != observed.end();
    if (repeated && !observation.signature.empty()) {
      errors.Add(signature->place, "repeated signature", "name all who give it in one list");
    }
  }
  if (YamlNode* const by = members.Require("by")) {
    observation.by = ParseImplementations(*by, known, errors);
    if (by->kind == Kind::kSequence && by->children.empty()) {
      errors.Add(by->place, "empty list", "name who gives this signature");
    }
  }
  return observation;
}

void ParseObserved(YamlNode& node, std::optional<Provenance::Kind> kind, Provenance& provenance,
                   FileErrors& errors) {
  if (kind && kind != Provenance::Kind::kContested) {
    errors.Add(node.key_place, R"("observed" goes with "contested" alone)");
    return;
  }
  if (!CheckKind(Kind::kSequence, node, errors)) return;
  std::vector<std::string> known;
  for (YamlNode& item : node.children) {
    if (auto observation = ParseObservation(item, provenance.observed, known, errors)) {
      provenance.observed.push_back(*std::move(observation));
    }
  }
  if (node.children.size() < kMinObserved) {
    errors.Add(node.place, "a contested value needs at least 2 signatures that were observed",
               R"(else it is "cross-checked" or "published")");
  }
}

}  // namespace

Provenance ParseProvenance(YamlNode& node, FileErrors& errors) {
  Provenance provenance;
  if (!CheckKind(Kind::kMapping, node, errors)) return provenance;
  const Members members(node, kProvenanceKeys, errors);
  YamlNode* const kind_node = members.Require("kind");
  std::optional<Provenance::Kind> kind;
  if (kind_node != nullptr) kind = ParseKind(*kind_node, errors);
  const bool cross_checked = kind == Provenance::Kind::kCrossChecked;
  const bool contested = kind == Provenance::Kind::kContested;
  const bool needs_source = kind && !cross_checked;

  YamlNode* const source = needs_source ? members.Require("source") : members.Find("source");
  if (source != nullptr) provenance.source = TakeText(*source, errors).value_or("");
  YamlNode* const agree = cross_checked ? members.Require("agree") : members.Find("agree");
  if (agree != nullptr) ParseAgree(*agree, kind, provenance, errors);
  YamlNode* const observed = contested ? members.Require("observed") : members.Find("observed");
  if (observed != nullptr) ParseObserved(*observed, kind, provenance, errors);
  provenance.kind = kind.value_or(Provenance::Kind::kDerived);
  return provenance;
}

void CheckContested(const Case& c, TextPlace place, FileErrors& errors) {
  if (c.operation == nullptr) return;  // that is an error already
  const FieldSpec* const stage = SignatureStage(*c.operation);
  if (stage == nullptr) {
    errors.Add(place, "a contested " + std::string(c.operation->name),
               "only an operation with a signature can be contested");
    return;
  }
  const auto own = std::ranges::find(c.expected, stage, &StageValue::stage);
  if (own == c.expected.end()) {
    errors.Add(place, "a contested case must give the stage " + Quoted(stage->name),
               "it computes one of the signatures that were observed");
    return;
  }
  const std::vector<Provenance::Observation>& observed = c.provenance->observed;
  const auto is_own = [&](const Provenance::Observation& one) {
    return one.signature == own->value;
  };
  if (std::ranges::any_of(observed, is_own)) return;
  errors.Add(place, "nobody was observed to give the case's own " + std::string(stage->name),
             R"("observed" names who gives it)");
}

}  // namespace sigvet
