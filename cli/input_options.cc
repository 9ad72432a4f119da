#include "cli/input_options.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.h"
#include "base/utf8.h"
#include "cli/input_file.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/secret_input.h"
#include "harness/corpus/parse_inputs.h"
#include "harness/run/plan.h"

namespace sigvet {
namespace {

constexpr std::int64_t kDefaultVersion = 4;

struct TextOption {
  std::string_view name;
  std::string_view input;
  std::optional<std::string> InputOptions::*value;
  const char* value_name;
  const char* description;
};

constexpr TextOption kTextOptions[] = {
    {"--region", "region", &InputOptions::region, "R", "As in us-east-1"},
    {"--service", "service", &InputOptions::service, "S", "As in iam"},
    {"--date", "date", &InputOptions::date, "DATE", "Of a signing key, as in 20150830"},
    {"--timestamp", "timestamp", &InputOptions::timestamp, "TIME", "As in 20150830T123600Z"},
    {"--access-key-id", "access_key_id", &InputOptions::access_key_id, "ID",
     "As in AKIAIOSFODNN7EXAMPLE"},
};

/// Operations that begin with a secret: the others derive nothing.
std::vector<std::string_view> Derivations() {
  std::vector<std::string_view> names;
  for (const OperationSpec& operation : AllOperations()) {
    const auto& inputs = operation.inputs;
    if (std::ranges::find(inputs, "secret", &FieldSpec::name) != inputs.end()) {
      names.push_back(operation.name);
    }
  }
  return names;
}

Error NoDerivation(std::string_view operation) {
  return {"--op: " + Visible(operation) +
              (FindOperation(operation) == nullptr ? " is no operation" : " derives nothing"),
          {},
          HintOf(operation, Derivations())};
}

/// The inputs that options give. They refer to `options`.
std::vector<GivenInput> GivenBy(const InputOptions& options, const OperationSpec& operation) {
  std::vector<GivenInput> given;
  for (const TextOption& option : kTextOptions) {
    const std::optional<std::string>& value = options.*option.value;
    if (value) given.push_back({option.input, *value, option.name});
  }
  if (options.version) {
    given.push_back({"version", *options.version, "--version"});
  } else if (!operation.versions.empty()) {
    given.push_back({"version", kDefaultVersion});
  }
  given.push_back({"secret"});
  return given;
}

/// The first option that gives an input; empty where none does.
std::string_view FirstInputOption(const InputOptions& options) {
  for (const TextOption& option : kTextOptions) {
    if (options.*option.value) return option.name;
  }
  if (options.version) return "--version";
  return options.file.empty() ? "" : "--input";
}

/// Which inputs are missing where no file can have them; no message where none is.
Error MissingInputs(const OperationSpec& operation, const std::vector<GivenInput>& given) {
  const auto version = std::ranges::find(given, "version", &GivenInput::name);
  const auto number =
      version == given.end() ? std::int64_t{0} : std::get<std::int64_t>(version->value);
  std::string names;
  std::string options;
  bool have_options = true;
  for (const FieldSpec& field : operation.inputs) {
    if (field.presence != Presence::kRequired || IsOfOtherVersion(field, number) ||
        std::ranges::find(given, field.name, &GivenInput::name) != given.end()) {
      continue;
    }
    const auto* const option = std::ranges::find(kTextOptions, field.name, &TextOption::input);
    have_options = have_options && option != std::end(kTextOptions);
    names += (names.empty() ? "" : ", ") + std::string(field.name);
    if (have_options) options += (options.empty() ? "add " : ", ") + std::string(option->name);
  }
  if (names.empty()) return {};
  return {std::string(operation.name) + " needs " + names,
          {},
          have_options ? options : "write them into a file, and give that as --input"};
}

ExitCode ExplainAll(const std::vector<Error>& errors, ExitCode exit_code) {
  for (const Error& error : errors) PrintError(error);
  return exit_code;
}

ExitCode FindCase(const InputOptions& options, PrivateCase& c) {
  Corpus corpus;
  const ExitCode loaded = LoadCorpusOrExplain(options.corpus, corpus);
  if (loaded != kExitOk) return loaded;
  const auto found = std::ranges::find(corpus.cases, options.case_id, &Case::id);
  if (found == corpus.cases.end()) {
    return Explain(
        {"no case " + Visible(options.case_id), {}, SuggestCase(corpus, options.case_id)},
        kExitNothingSelected);
  }
  const std::string_view operation = found->operation->name;
  if (!options.operation.empty() && options.operation != operation) {
    return Explain(
        {"--op " + Visible(options.operation) + ": the case is one of " + std::string(operation),
         {},
         "leave --op out"},
        kExitUsage);
  }
  c.Set(std::move(*found));
  return kExitOk;
}

/// Everything but a secret that is not in the file.
ExitCode ReadInputs(const InputOptions& options, Backend& decoder, PrivateCase& c) {
  const OperationSpec& operation = *FindOperation(options.operation);
  const std::vector<GivenInput> given = GivenBy(options, operation);
  if (options.file.empty()) {
    if (const Error missing = MissingInputs(operation, given); !missing.message.empty()) {
      return Explain(missing, kExitUsage);
    }
    ParsedInputs parsed = ParseInputs(operation, given, decoder);
    if (!parsed.errors.empty()) return ExplainAll(parsed.errors, kExitUsage);
    c.Set(std::move(parsed.c));
    return kExitOk;
  }
  Result<std::string> text = ReadInput(options.file, kMaxInputsBytes);
  if (!text) return Explain(text.error(), kExitUsage);
  const std::string name = options.file == "-" ? "stdin" : options.file;
  ParsedInputs parsed = ParseInputs(name, *text, operation, given, decoder);
  SecureWipe(text->data(), text->size());
  if (!parsed.errors.empty()) return ExplainAll(parsed.errors, kExitBadCorpus);
  c.Set(std::move(parsed.c));
  return kExitOk;
}

/// The secret of an operation whose inputs have none.
Result<Secret> ReadSecret(bool stdin_is_taken) {
  if (!stdin_is_taken) return ReadSecretAccessKey();
  Result<std::optional<Secret>> secret = SecretAccessKeyFromEnvironment();
  if (!secret) return secret.error();
  std::optional<Secret>& value = *secret;
  if (value) return std::move(*value);
  return Error{"AWS_SECRET_ACCESS_KEY is not set",
               {},
               "another input comes from stdin, so the secret can't; or give that one as a file"};
}

/// What is wrong with the options as they go together; no message where nothing is.
Error CheckTogether(const InputOptions& options) {
  const std::string_view input = FirstInputOption(options);
  const bool has_corpus = !options.corpus.paths.empty() || !options.corpus.suites.empty();
  if (!options.case_id.empty()) {
    if (input.empty()) return {};
    return {std::string(input) + ": the inputs are those of case " + Visible(options.case_id),
            {},
            "leave one of them out"};
  }
  if (has_corpus) {
    return {"--corpus and --suite say where a CASE is, and there is none", {}, "give its id"};
  }
  const std::vector<std::string_view> known = Derivations();
  if (options.operation.empty()) {
    return {"neither --op nor a CASE says what was derived", {}, HintOf("", known)};
  }
  if (std::ranges::find(known, options.operation) == known.end()) {
    return NoDerivation(options.operation);
  }
  return {};
}

}  // namespace

void AddInputOptions(CLI::App& command, InputOptions& options) {
  command.add_option("CASE", options.case_id, "A case of the corpus, whose inputs they are");
  AddOption(command, "--op", options.operation, "OP",
            "What was derived: ses-smtp-password, sigv4-signing-key, sigv4-sign ...");
  AddOption(command, "--input", options.file, "FILE",
            "The inputs of OP, written as in a case of the corpus; - is stdin");
  for (const TextOption& option : kTextOptions) {
    AddOption(command, std::string(option.name), options.*option.value, option.value_name,
              option.description);
  }
  AddOption(command, "--version", options.version, "2|4", "Of a password; 4 where nothing says so");
  AddCorpusOptions(command, options.corpus);
}

void PrivateCase::Set(Case c) {
  WipeSecret();
  case_ = std::move(c);
}

void PrivateCase::SetSecret(std::string_view secret) {
  WipeSecret();
  for (std::size_t i = 0; i < case_.inputs.size(); ++i) {
    if (case_.operation->inputs[i].name == "secret") case_.inputs[i] = std::string(secret);
  }
}

std::string* PrivateCase::FindSecret() {
  for (std::size_t i = 0; i < case_.inputs.size(); ++i) {
    if (case_.operation->inputs[i].name == "secret") {
      return std::get_if<std::string>(&case_.inputs[i]);
    }
  }
  return nullptr;
}

void PrivateCase::WipeSecret() {
  if (std::string* const secret = FindSecret()) SecureWipe(secret->data(), secret->size());
}

ExitCode ReadCaseOrExplain(const InputOptions& options, bool stdin_is_taken, Backend& decoder,
                           PrivateCase& c) {
  if (const Error error = CheckTogether(options); !error.message.empty()) {
    return Explain(error, kExitUsage);
  }
  if (!options.case_id.empty()) return FindCase(options, c);
  const ExitCode read = ReadInputs(options, decoder, c);
  if (read != kExitOk || c->OptionalText("secret")) return read;
  const Result<Secret> secret = ReadSecret(stdin_is_taken || options.file == "-");
  if (!secret) return Explain(secret.error(), kExitUsage);
  const std::string suspicion = SecretSuspicion(AsText(secret->Reveal()));
  if (!suspicion.empty()) PrintWarning(suspicion);
  c.SetSecret(AsText(secret->Reveal()));
  return kExitOk;
}

}  // namespace sigvet
