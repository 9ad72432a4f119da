#include "harness/port/manifest_values.h"

#include <algorithm>
#include <set>

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kNeedKeys[] = {"program", "package", "note"};
constexpr std::string_view kLimitKeys[] = {"start_ms", "answer_ms", "build_ms"};
constexpr std::string_view kKnownFailureKeys[] = {"case", "reason"};
constexpr std::size_t kMaxPatternBytes = 1000;

/// A string that can be an argument of a process, or in its environment.
std::optional<std::string> TakeProcessString(YamlNode& node, FileErrors& errors) {
  std::optional<std::string> text = TakeString(node, errors);
  if (!text || text->find('\0') == text->npos) return text;
  errors.Add(node.place, "a NUL in the string", "no process can be given one");
  return std::nullopt;
}

/// A word without blanks and what else would not show.
std::optional<std::string> TakeWord(std::string_view what, YamlNode& node, FileErrors& errors) {
  std::optional<std::string> word = TakeString(node, errors);
  const auto is_visible = [](char c) { return c > ' ' && c != '\x7f'; };
  if (!word || (!word->empty() && std::ranges::all_of(*word, is_visible))) return word;
  errors.Add(node.place, Quoted(*word) + " is no " + std::string(what),
             "one word of ASCII characters");
  return std::nullopt;
}

/// Whether a port may have the variable: AWS_* is what a port must not take its answers from.
bool CheckVariable(std::string_view name, TextPlace place, FileErrors& errors) {
  if (!CheckVariableName(name, place, errors)) return false;
  if (!name.starts_with("AWS_")) return true;
  errors.Add(place, Quoted(name) + " is kept from ports",
             "a port's inputs are its cases; an exec port gets the secret by secret: \"env:NAME\"");
  return false;
}

void TakeLimit(const Members& members, std::string_view key, std::int64_t least, std::int64_t most,
               std::chrono::milliseconds& limit, FileErrors& errors) {
  const YamlNode* const node = members.Find(key);
  if (node == nullptr) return;
  const std::optional<std::int64_t> number = TakeInteger(*node, errors);
  if (!number) return;
  if (*number >= least && *number <= most) {
    limit = std::chrono::milliseconds(*number);
    return;
  }
  errors.Add(node->place, Quoted(key) + " of " + std::to_string(*number),
             "from " + std::to_string(least) + " to " + std::to_string(most) + " milliseconds");
}

std::optional<PortManifest::Need> TakeNeed(YamlNode& node, FileErrors& errors) {
  if (!CheckKind(Kind::kMapping, node, errors)) return std::nullopt;
  const Members members(node, kNeedKeys, errors);
  PortManifest::Need need;
  if (YamlNode* const program = members.Require("program")) {
    need.program = TakeWord("program", *program, errors).value_or("");
    if (need.program.find('/') != std::string::npos) {
      errors.Add(program->place, Quoted(need.program) + " is a path",
                 "the name of a program that is looked up in the PATH");
    }
  }
  YamlNode* const package = members.Find("package");
  YamlNode* const note = members.Find("note");
  if (package != nullptr) need.package = TakeWord("package", *package, errors).value_or("");
  if (note != nullptr) need.note = TakeText(*note, errors).value_or("");
  if (package != nullptr && note != nullptr) {
    errors.Add(note->key_place, R"("note" besides "package")",
               "a note says where to get what Debian does not have");
  } else if (package == nullptr && note == nullptr && !members.has_unknown()) {
    errors.Add(node.place, R"(missing key "package" or "note")",
               "the Debian package that has the program, or else where to get it");
  }
  return need;
}

}  // namespace

bool CheckManifestList(std::size_t most, const YamlNode& node, FileErrors& errors) {
  if (!CheckKind(Kind::kSequence, node, errors)) return false;
  if (node.children.empty()) {
    errors.Add(node.place, "empty list", "leave the key out, or say what belongs there");
  } else if (node.children.size() > most) {
    errors.Add(node.children[most].place, "more than " + std::to_string(most) + " items");
  } else {
    return true;
  }
  return false;
}

std::vector<ManifestArgument> TakeCommand(YamlNode& node, FileErrors& errors) {
  std::vector<ManifestArgument> command;
  if (!CheckManifestList(kMaxManifestItems, node, errors)) return command;
  for (YamlNode& item : node.children) {
    const TextPlace place = item.place;
    std::optional<std::string> text = TakeProcessString(item, errors);
    if (!text) continue;
    if (&item == &node.children.front() && text->empty()) {
      errors.Add(place, "the program of a command is empty",
                 R"(a list of the program and its arguments, as in ["python3", "port.py"])");
    }
    command.push_back({*std::move(text), place});
  }
  return command;
}

std::vector<PortManifest::Need> TakeNeeds(const std::string& file, YamlNode& node,
                                          FileErrors& errors) {
  std::vector<PortManifest::Need> needs;
  if (!CheckManifestList(kMaxManifestItems, node, errors)) return needs;
  for (YamlNode& item : node.children) {
    std::optional<PortManifest::Need> need = TakeNeed(item, errors);
    if (!need) continue;
    need->place = {file, item.place.line, item.place.column};
    const bool repeated =
        !need->program.empty() &&
        std::ranges::find(needs, need->program, &PortManifest::Need::program) != needs.end();
    if (repeated) errors.Add(item.place, Quoted(need->program) + " is needed already");
    needs.push_back(*std::move(need));
  }
  return needs;
}

bool CheckVariableName(std::string_view name, TextPlace place, FileErrors& errors) {
  const auto is_letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  };
  const auto is_word = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  if (!name.empty() && is_letter(name.front()) && std::ranges::all_of(name, is_word)) return true;
  errors.Add(place, Quoted(name) + " is no name of a variable",
             "letters, digits and underscores, no digit first");
  return false;
}

std::vector<std::pair<std::string, std::string>> TakeEnvironment(YamlNode& node,
                                                                 FileErrors& errors) {
  std::vector<std::pair<std::string, std::string>> environment;
  if (!CheckKind(Kind::kMapping, node, errors)) return environment;
  for (YamlNode& member : node.children) {
    const bool good = CheckVariable(member.key, member.key_place, errors);
    std::optional<std::string> value = TakeProcessString(member, errors);
    if (good && value) environment.emplace_back(member.key, *std::move(value));
  }
  return environment;
}

std::vector<std::string> TakePassedEnvironment(
    std::span<const std::pair<std::string, std::string>> set, YamlNode& node, FileErrors& errors) {
  std::vector<std::string> names;
  if (!CheckManifestList(kMaxManifestItems, node, errors)) return names;
  for (YamlNode& item : node.children) {
    std::optional<std::string> name = TakeString(item, errors);
    if (!name || !CheckVariable(*name, item.place, errors)) continue;
    if (std::ranges::find(names, *name) != names.end()) {
      errors.Add(item.place, "repeated variable " + Quoted(*name));
    } else if (std::ranges::find(set, *name, &std::pair<std::string, std::string>::first) !=
               set.end()) {
      errors.Add(item.place, Quoted(*name) + " is set by \"env\" already");
    }
    names.push_back(*std::move(name));
  }
  return names;
}

PortManifest::Limits TakeLimits(YamlNode& node, FileErrors& errors) {
  PortManifest::Limits limits;
  if (!CheckKind(Kind::kMapping, node, errors)) return limits;
  const Members members(node, kLimitKeys, errors);
  TakeLimit(members, "start_ms", 100, 600'000, limits.start, errors);
  TakeLimit(members, "answer_ms", 10, 600'000, limits.answer, errors);
  TakeLimit(members, "build_ms", 1'000, 3'600'000, limits.build, errors);
  return limits;
}

std::vector<PortManifest::KnownFailure> TakeKnownFailures(const std::string& file, YamlNode& node,
                                                          FileErrors& errors) {
  std::vector<PortManifest::KnownFailure> failures;
  if (!CheckManifestList(kMaxPortKnownFailures, node, errors)) return failures;
  std::set<std::string> patterns;
  for (YamlNode& item : node.children) {
    if (!CheckKind(Kind::kMapping, item, errors)) continue;
    const Members members(item, kKnownFailureKeys, errors);
    PortManifest::KnownFailure failure;
    failure.place = {file, item.place.line, item.place.column};
    if (YamlNode* const pattern = members.Require("case")) {
      failure.case_pattern = TakeWord("pattern of cases", *pattern, errors).value_or("");
      if (failure.case_pattern.size() > kMaxPatternBytes) {
        errors.Add(pattern->place, "pattern of more than 1000 bytes");
      }
      if (!failure.case_pattern.empty() && !patterns.insert(failure.case_pattern).second) {
        errors.Add(pattern->place, "repeated pattern " + Quoted(failure.case_pattern));
      }
    }
    if (YamlNode* const reason = members.Require("reason")) {
      failure.reason = TakeText(*reason, errors).value_or("");
    }
    failures.push_back(std::move(failure));
  }
  return failures;
}

}  // namespace sigvet
