#include "harness/port/manifest_parser.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/corpus/case_parser.h"
#include "harness/corpus/small_yaml.h"
#include "harness/corpus/yaml_reader.h"
#include "harness/port/manifest_values.h"
#include "harness/port/placeholder.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;
using Mode = PortManifest::Mode;
using SecretBy = PortManifest::SecretBy;

constexpr std::string_view kKeys[] = {"sigvet",
                                      "id",
                                      "language",
                                      "mode",
                                      "ops",
                                      "needs",
                                      "version",
                                      "build",
                                      "start",
                                      "env",
                                      "pass_env",
                                      "limits",
                                      "known_failures",
                                      "secret",
                                      "allow_secret_in_argv",
                                      "strip_newline",
                                      "refusal_exit_code",
                                      "versions"};
constexpr std::string_view kExecKeys[] = {"secret", "allow_secret_in_argv", "strip_newline",
                                          "refusal_exit_code"};
constexpr std::string_view kModes[] = {"jsonl", "exec"};
constexpr std::string_view kEnvironmentPrefix = "env:";
constexpr char kSecretWays[] = R"("stdin", "env:NAME" or "argv")";

/// Takes the members of a port.yaml, those that others depend on first.
class ManifestParser {
 public:
  ManifestParser(YamlNode& root, PortManifest& manifest, FileErrors& errors)
      : members_(root, kKeys, errors), manifest_(manifest), errors_(errors) {}

  void Parse() {
    if (const YamlNode* const version = members_.Find("sigvet")) {
      CheckFormatVersion(*version, errors_);
    }
    if (YamlNode* const id = members_.Require("id")) TakeId(*id);
    if (YamlNode* const language = members_.Require("language")) {
      manifest_.language = TakeText(*language, errors_).value_or("");
    }
    TakeMode();
    if (YamlNode* const operations = members_.Require("ops")) TakeOperations(*operations);
    if (YamlNode* const needs = members_.Find("needs")) {
      manifest_.needs = TakeNeeds(manifest_.file, *needs, errors_);
    }
    if (YamlNode* const environment = members_.Find("env")) {
      manifest_.environment = TakeEnvironment(*environment, errors_);
    }
    if (YamlNode* const passed = members_.Find("pass_env")) {
      manifest_.passed_environment = TakePassedEnvironment(manifest_.environment, *passed, errors_);
    }
    if (YamlNode* const limits = members_.Find("limits")) {
      manifest_.limits = TakeLimits(*limits, errors_);
    }
    if (YamlNode* const failures = members_.Find("known_failures")) {
      manifest_.known_failures = TakeKnownFailures(manifest_.file, *failures, errors_);
    }
    TakeExecKeys();
    TakeCommands();
  }

 private:
  bool is_exec() const { return mode_ == Mode::kExec; }

  void TakeId(YamlNode& node) {
    std::optional<std::string> id = TakeString(node, errors_);
    if (!id) return;
    if (!IsKebabCase(*id)) {
      errors_.Add(node.place, Quoted(*id) + " is no id",
                  "lower-case letters, digits and single hyphens, as in \"python-boto\"");
    } else if (id->size() > kMaxIdBytes) {
      errors_.Add(node.place, "id of more than 100 characters");
    } else {
      manifest_.id = *std::move(id);
    }
  }

  void TakeMode() {
    YamlNode* const node = members_.Find("mode");
    if (node == nullptr) {
      // A misspelt key leaves it open which keys belong here.
      if (!members_.IsMisspelt("mode")) mode_ = Mode::kJsonl;
      return;
    }
    const std::optional<std::string> mode = TakeChoice("mode", kModes, *node, errors_);
    if (!mode) return;
    mode_ = *mode == "exec" ? Mode::kExec : Mode::kJsonl;
    manifest_.mode = *mode_;
  }

  void TakeOperations(YamlNode& node) {
    operations_known_ = CheckManifestList(kMaxManifestItems, node, errors_);
    if (!operations_known_) return;
    for (YamlNode& item : node.children) {
      const OperationSpec* const operation = TakeOperation(item, errors_);
      if (operation == nullptr) {
        operations_known_ = false;
      } else if (manifest_.Does(operation)) {
        errors_.Add(item.place, "repeated operation " + Quoted(operation->name));
      } else if (is_exec() && !FitsExec(*operation)) {
        errors_.Add(item.place, Quoted(operation->name) + R"( can't be done in mode "exec")",
                    HintOf("", ExecOperations()));
        operations_known_ = false;
      } else {
        manifest_.operations.push_back(operation);
      }
    }
  }

  void TakeExecKeys() {
    if (YamlNode* const versions = members_.Find("versions")) TakeVersions(*versions);
    if (!is_exec()) {
      for (const std::string_view key : kExecKeys) {
        const YamlNode* const member = mode_ ? members_.Find(key) : nullptr;
        if (member == nullptr) continue;
        errors_.Add(member->key_place, Quoted(key) + R"( belongs to mode "exec")",
                    "a jsonl port reads its inputs from the case's line");
      }
      return;
    }
    if (YamlNode* const secret = members_.Require("secret")) TakeSecret(*secret);
    CheckAllowed();
    if (const YamlNode* const strip = members_.Find("strip_newline")) {
      manifest_.strip_newline = TakeBoolean(*strip, errors_).value_or(false);
    }
    if (const YamlNode* const code = members_.Find("refusal_exit_code")) TakeRefusalCode(*code);
  }

  void TakeSecret(YamlNode& node) {
    const std::optional<std::string> way = TakeString(node, errors_);
    if (!way) return;
    secret_known_ = true;
    if (*way == "argv") {
      manifest_.secret_by = SecretBy::kArgument;
    } else if (way->starts_with(kEnvironmentPrefix)) {
      manifest_.secret_by = SecretBy::kEnvironment;
      manifest_.secret_variable = way->substr(kEnvironmentPrefix.size());
      CheckSecretVariable(node.place);
    } else if (*way != "stdin") {
      errors_.Add(node.place, Quoted(*way) + " is no way to give a secret", kSecretWays);
      secret_known_ = false;
    }
  }

  void CheckSecretVariable(TextPlace place) {
    const std::string& name = manifest_.secret_variable;
    if (!CheckVariableName(name, place, errors_)) return;
    const bool set = std::ranges::find(manifest_.environment, name,
                                       &std::pair<std::string, std::string>::first) !=
                     manifest_.environment.end();
    const bool passed =
        std::ranges::find(manifest_.passed_environment, name) != manifest_.passed_environment.end();
    if (set || passed) {
      errors_.Add(place,
                  Quoted(name) + " is set by " + (set ? R"("env")" : R"("pass_env")") + " already");
    }
  }

  void CheckAllowed() {
    const YamlNode* const node = members_.Find("allow_secret_in_argv");
    const std::optional<bool> allowed =
        node == nullptr ? std::nullopt : TakeBoolean(*node, errors_);
    if (!secret_known_) return;
    const bool by_argument = manifest_.secret_by == SecretBy::kArgument;
    if (by_argument && (node == nullptr ? !members_.IsMisspelt("allow_secret_in_argv")
                                        : allowed.has_value() && !*allowed)) {
      errors_.Add(members_.Find("secret")->place,
                  R"("argv" shows the secret in every list of processes)",
                  "write allow_secret_in_argv: true, or give it by \"stdin\" or \"env:NAME\"");
    } else if (!by_argument && allowed.value_or(false)) {
      errors_.Add(node->key_place, "\"allow_secret_in_argv\" without secret: \"argv\"",
                  "take it out");
    }
  }

  void TakeRefusalCode(const YamlNode& node) {
    const std::optional<std::int64_t> code = TakeInteger(node, errors_);
    if (!code) return;
    if (*code >= 1 && *code <= 255) {
      manifest_.refusal_exit_code = static_cast<int>(*code);
    } else {
      errors_.Add(node.place, "an exit code of " + std::to_string(*code), "from 1 to 255");
    }
  }

  void TakeVersions(YamlNode& node) {
    if (!CheckManifestList(kMaxManifestItems, node, errors_)) return;
    for (const YamlNode& item : node.children) {
      const std::optional<std::int64_t> version = TakeInteger(item, errors_);
      if (!version) continue;
      const auto has_it = [&](const OperationSpec* operation) {
        return std::ranges::find(operation->versions, *version) != operation->versions.end();
      };
      if (std::ranges::find(manifest_.versions, *version) != manifest_.versions.end()) {
        errors_.Add(item.place, "repeated version " + std::to_string(*version));
      } else if (operations_known_ && std::ranges::none_of(manifest_.operations, has_it)) {
        errors_.Add(item.place, "none of \"ops\" has a version " + std::to_string(*version));
      }
      manifest_.versions.push_back(*version);
    }
  }

  void TakeCommands() {
    if (YamlNode* const version = members_.Find("version")) {
      for (ManifestArgument& argument : TakeCommand(*version, errors_)) {
        manifest_.version_command.push_back(std::move(argument.text));
      }
    }
    YamlNode* const build = members_.Find("build");
    has_build_ = build != nullptr || members_.IsMisspelt("build");
    if (build != nullptr) {
      manifest_.build_command = TakeFilledCommand(*build, [](std::string_view name) {
        const std::string_view known[] = {"build"};
        return CheckPlaceholder(name, known);
      });
    }
    if (YamlNode* const start = members_.Require("start")) {
      manifest_.start_command =
          TakeFilledCommand(*start, [this](std::string_view name) { return CheckInStart(name); });
      CheckSecretIsUsed(*start);
    }
  }

  /// A command, the placeholders of which `check` looks at.
  template <typename CheckName>
  std::vector<std::string> TakeFilledCommand(YamlNode& node, CheckName check) {
    std::vector<std::string> command;
    for (ManifestArgument& argument : TakeCommand(node, errors_)) {
      for (const std::string_view name : PlaceholdersIn(argument.text)) {
        Error error = check(name);
        if (error.message.empty()) continue;
        errors_.Add(argument.place, std::move(error.message), std::move(error.hint));
      }
      command.push_back(std::move(argument.text));
    }
    return command;
  }

  Error CheckInStart(std::string_view name) const {
    if (name == "build") {
      if (has_build_) return {};
      return {R"("{build}" without a "build" command)",
              {},
              "it is the folder that the build writes to"};
    }
    // Without the mode and the operations it is open what can stand here.
    if (!mode_ || (is_exec() && !operations_known_)) return {};
    if (is_exec() && name == "secret" && !secret_known_) return {};
    return CheckStartPlaceholder(name, manifest_);
  }

  void CheckSecretIsUsed(const YamlNode& start) {
    if (!secret_known_ || start.kind != Kind::kSequence ||
        manifest_.start_command.size() != start.children.size()) {
      return;
    }
    Error error = CheckSecretIsPlaced(manifest_);
    if (!error.message.empty()) errors_.Add(start.place, std::move(error.message));
  }

  Members members_;
  PortManifest& manifest_;
  FileErrors& errors_;
  /// Absent where the file does not say it right.
  std::optional<Mode> mode_;
  bool operations_known_ = false;
  bool secret_known_ = false;
  bool has_build_ = false;
};

}  // namespace

void ParseManifest(std::string_view text, PortManifest& manifest, FileErrors& errors) {
  SmallYaml collector(errors, kMaxPortKnownFailures);
  if (!ReadYaml(text, errors, collector)) return;
  ManifestParser(collector.root(), manifest, errors).Parse();
}

}  // namespace sigvet
