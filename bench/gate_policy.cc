#include "bench/gate_policy.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "base/utf8.h"
#include "harness/corpus/small_yaml.h"
#include "harness/corpus/value_parser.h"
#include "harness/corpus/yaml_reader.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kKeys[] = {"sigvet", "reference", "threshold", "significance", "rules"};
constexpr std::string_view kRuleKeys[] = {"workload", "contender", "threshold", "ignore"};
constexpr std::size_t kMaxPatternBytes = 1000;

struct Range {
  double least;
  double most;
  std::string_view example;  ///< what a number means
};

constexpr Range kThresholds = {kLeastThreshold, kMostThreshold, "; 0.1 is 10 %"};
constexpr Range kSignificances = {kLeastSignificance, kMostSignificance, ""};

/// A number as a person writes it: digits, with a point among them or without, and perhaps a minus.
std::optional<double> ParseNumber(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  const bool plain = !digits.empty() && digits.find_first_not_of("0123456789.") == text.npos &&
                     digits.front() != '.' && digits.back() != '.';
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!plain || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string Shortest(double number) {
  char text[32];
  const int size = std::snprintf(text, sizeof text, "%g", number);
  return {text, static_cast<std::size_t>(size)};
}

std::optional<double> TakeNumber(const YamlNode& node, const Range& range, FileErrors& errors) {
  if (node.kind == Kind::kInvalid) return std::nullopt;
  const std::string hint = "a number from " + Shortest(range.least) + " to " +
                           Shortest(range.most) + " without quotes" + std::string(range.example);
  if (node.kind != Kind::kPlain && node.kind != Kind::kString) {
    errors.Add(node.place, "expected a number", hint);
    return std::nullopt;
  }
  const std::optional<double> number = ParseNumber(node.text);
  if (!number) {
    errors.Add(node.place, "expected a number, found " + Quoted(node.text), hint);
  } else if (node.kind == Kind::kString) {
    errors.Add(node.place, "number in quotes: write " + node.text);
  } else if (*number < range.least || *number > range.most) {
    errors.Add(node.place, Quoted(node.text) + " is out of range", hint);
  } else {
    return number;
  }
  return std::nullopt;
}

/// An id, or a pattern of ids.
std::optional<std::string> TakePattern(YamlNode& node, FileErrors& errors) {
  std::optional<std::string> pattern = TakeText(node, errors);
  if (!pattern) return std::nullopt;
  if (pattern->size() > kMaxPatternBytes) {
    errors.Add(node.place, "more than 1000 bytes");
    return std::nullopt;
  }
  if (pattern->find_first_of(" \t\r\n") == pattern->npos) return pattern;
  errors.Add(node.place, "a blank in " + Quoted(*pattern), "no id has one");
  return std::nullopt;
}

/// A rule; its threshold is that of the policy where it has none.
GatePolicy::Rule TakeRule(const std::string& file, double threshold, YamlNode& node,
                          FileErrors& errors) {
  GatePolicy::Rule rule;
  rule.threshold = threshold;
  rule.place = {file, node.place.line, node.place.column};
  if (!CheckKind(Kind::kMapping, node, errors)) return rule;
  const Members members(node, kRuleKeys, errors);
  YamlNode* const workload = members.Find("workload");
  YamlNode* const contender = members.Find("contender");
  YamlNode* const own_threshold = members.Find("threshold");
  YamlNode* const ignore = members.Find("ignore");
  if (workload != nullptr) rule.workload = TakePattern(*workload, errors).value_or("*");
  if (contender != nullptr) rule.contender = TakePattern(*contender, errors).value_or("*");
  if (own_threshold != nullptr) {
    rule.threshold = TakeNumber(*own_threshold, kThresholds, errors).value_or(threshold);
  }
  if (ignore != nullptr) rule.ignored = TakeBoolean(*ignore, errors).value_or(false);
  if (members.has_unknown()) return rule;
  if (workload == nullptr && contender == nullptr) {
    errors.Add(node.place, "a rule for nothing", R"(add workload: "GLOB" or contender: "GLOB")");
  }
  if (own_threshold == nullptr && ignore == nullptr) {
    errors.Add(node.place, "a rule that says nothing", "add threshold: or ignore: true");
  }
  if (own_threshold != nullptr && rule.ignored) {
    errors.Add(own_threshold->key_place, "a threshold of what is ignored", "take one of them out");
  }
  return rule;
}

void TakeRules(const std::string& file, YamlNode& node, GatePolicy& policy, FileErrors& errors) {
  if (node.kind == Kind::kInvalid || !CheckKind(Kind::kSequence, node, errors)) return;
  if (node.children.size() > kMaxGateRules) {
    errors.Add(node.children[kMaxGateRules].place, "more than 1000 rules");
    return;
  }
  for (YamlNode& item : node.children) {
    policy.rules.push_back(TakeRule(file, policy.threshold, item, errors));
  }
}

void TakePolicy(const std::string& file, YamlNode& root, GatePolicy& policy, FileErrors& errors) {
  const Members members(root, kKeys, errors);
  if (const YamlNode* const version = members.Find("sigvet")) CheckFormatVersion(*version, errors);
  if (YamlNode* const reference = members.Find("reference")) {
    policy.reference = TakePattern(*reference, errors).value_or(policy.reference);
  }
  if (const YamlNode* const threshold = members.Find("threshold")) {
    policy.threshold = TakeNumber(*threshold, kThresholds, errors).value_or(policy.threshold);
  }
  if (const YamlNode* const significance = members.Find("significance")) {
    policy.significance =
        TakeNumber(*significance, kSignificances, errors).value_or(policy.significance);
  }
  if (YamlNode* const rules = members.Find("rules")) TakeRules(file, *rules, policy, errors);
}

}  // namespace

ParsedGatePolicy ParseGatePolicy(const std::string& file, std::string_view text) {
  ParsedGatePolicy parsed;
  FileErrors errors(file);
  SmallYaml collector(errors, kMaxGateRules);
  if (text.size() > kMaxGatePolicyBytes) {
    errors.Add(TextPlace{}, "the policy is longer than 1 MiB");
  } else if (ReadYaml(text, errors, collector)) {
    TakePolicy(file, collector.root(), parsed.policy, errors);
  }
  parsed.errors = errors.Take();
  return parsed;
}

}  // namespace sigvet
