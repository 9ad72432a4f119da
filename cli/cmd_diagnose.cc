#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/input_file.h"
#include "cli/input_options.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/publish.h"
#include "cli/secret_input.h"
#include "diagnosis/defect_search.h"
#include "diagnosis/value_structure.h"
#include "harness/corpus/value_parser.h"
#include "harness/run/value_difference.h"
#include "harness/subject/case_derivation.h"
#include "harness/subject/diagnose_answer.h"
#include "reports/diagnosis_text.h"

namespace sigvet {
namespace {

constexpr std::size_t kMaxGotBytes = std::size_t{1} << 20;

constexpr const char* kFooter =
    R"(Says why a password, a signing key, a signature, or any stage on the way to one is
wrong: which mistake, or which two together, lead to exactly this value. What it
names is certain; where it knows no such mistake it says so.

The secret access key comes from AWS_SECRET_ACCESS_KEY or stdin, never from an
argument; a CASE has its own, and so may FILE. Neither it nor the right value is
printed.

Examples:
  AWS_SECRET_ACCESS_KEY=... sigvet diagnose --op ses-smtp-password \
      --region us-east-1 --got 'BEQV...'
  sigvet diagnose --op sigv4-sign --input request.yaml --got 5d67... < secret.txt
  sigvet diagnose --op sigv4-sign --input request.yaml \
      --stage canonical_request --got-file mine.txt < secret.txt
  sigvet diagnose ses/published/rust-sample --got 'BEQV...'

Exit codes: 0 the value is right, 1 it is wrong, 2 usage, 4 no such case,
65 FILE or the corpus has errors, 70 internal error.)";

struct DiagnoseOptions {
  InputOptions inputs;
  std::optional<std::string> got;
  std::string got_file;
  std::string stage;
};

/// What is wrong with the options; no message where nothing is.
Error CheckGot(const DiagnoseOptions& options) {
  if (options.got.has_value() != options.got_file.empty()) {
    return options.got ? Error{"--got and --got-file both give the value", {}, "leave one out"}
                       : Error{"there is no value to diagnose", {}, "--got VALUE gives it"};
  }
  if (options.got_file == "-" && options.inputs.file == "-") {
    return {"only one input can come from stdin", {}, "give the other as a file"};
  }
  return {};
}

/// The value that came out. A line break at a file's end is that of an editor.
Result<std::string> ReadGot(const DiagnoseOptions& options) {
  Result<std::string> got =
      options.got ? Result(*options.got) : ReadInput(options.got_file, kMaxGotBytes);
  if (!got) return got;
  if (!options.got && got->ends_with('\n')) {
    got->pop_back();
    if (got->ends_with('\r')) got->pop_back();
  }
  if (got->empty()) return Error{"the value to diagnose is empty"};
  if (got->size() > kMaxGotBytes) return Error{"the value to diagnose is longer than 1 MiB"};
  return got;
}

std::vector<std::string_view> StagesOf(const Case& c) {
  std::vector<std::string_view> names;
  for (const FieldSpec& stage : c.operation->stages) {
    if (c.Uses(stage)) names.push_back(stage.name);
  }
  return names;
}

const FieldSpec* FindStage(const Case& c, std::string_view name) {
  const auto found = std::ranges::find(c.operation->stages, name, &FieldSpec::name);
  return found == c.operation->stages.end() || !c.Uses(*found) ? nullptr : &*found;
}

/// An Authorization header or a URL, which have the signature in them.
const FieldSpec* StageAround(const Case& c, std::string_view got) {
  if (got.starts_with("AWS4-HMAC-SHA256 ")) return FindStage(c, "authorization");
  return got.starts_with("https://") || got.starts_with("http://") ? FindStage(c, "url") : nullptr;
}

/// The stage that `got` is of: the one that is named, or else the operation's answer.
Result<const FieldSpec*> ChooseStage(const Case& c, const std::string& name, std::string_view got) {
  if (!name.empty()) {
    if (const FieldSpec* const stage = FindStage(c, name)) return stage;
    return Error{"--stage: " + std::string(c.operation->name) + " has no stage " + Visible(name),
                 {},
                 HintOf(name, StagesOf(c))};
  }
  const FieldSpec* const signature = SignatureStage(*c.operation);
  if (signature == nullptr) return &c.operation->stages.back();
  if (got.find('\n') != got.npos) {
    return Error{"the value has several lines, so it is no signature",
                 {},
                 "--stage says what it is: " + HintOf("", StagesOf(c))};
  }
  const FieldSpec* const around = StageAround(c, got);
  return around == nullptr ? signature : around;
}

/// What is wrong with a header or a URL whose signature is right; empty where nothing is.
std::string WrongAround(const CaseDerivation& derivation, const FieldSpec& stage,
                        const std::string& got) {
  if (stage.type != ValueType::kAuthorization && stage.type != ValueType::kUrl) return "";
  const std::vector<StageValue> right = derivation.StagesWith({});
  const auto found = std::ranges::find(right, &stage, &StageValue::stage);
  if (found == right.end()) return "";
  const auto difference = FindDifference(stage.type, found->value, got);
  if (!difference) return "";
  return "wrong " + std::string(stage.name) + ": its signature is right, but " +
         (difference->part.empty() ? "the rest of it" : difference->part) + " is not\n";
}

Result<DiagnosisReport> DiagnoseValue(const CaseDerivation& derivation, const FieldSpec& stage,
                                      const std::string& got) {
  const auto located = derivation.Find(stage);
  if (!located) {
    return Error{"stage " + std::string(stage.name) + " can't be diagnosed",
                 {},
                 "it only repeats what other stages say"};
  }
  const Derivation& right = *located->derivation;
  DiagnosisReport report = {.stage = std::string(stage.name), .product = right.product};
  const std::string value = ComparedValue(stage, got);
  Backend& backend = derivation.input().backend;
  std::string right_value = ValueAt(backend, right, located->stage);
  report.is_right = value == right_value;
  SecureWipe(right_value.data(), right_value.size());
  if (report.is_right) return report;
  if (&right == derivation.chunks()) {
    // What spoils the seed's signature spoils theirs.
    const StageValue answered = {&stage, value};
    AnswerDiagnosis diagnosis =
        DiagnoseAnswer(derivation, std::span(&answered, 1), {}, DiagnosisDepth::kAll);
    report.explanations = std::move(diagnosis.explanations);
    report.effort = diagnosis.effort;
  } else {
    SearchResult result = FindDefects(derivation.input(), right, {located->stage, value});
    report.explanations = std::move(result.explanations);
    report.effort = result.effort;
  }
  report.structure = DescribeStructure(right, located->stage, value);
  return report;
}

ExitCode Diagnose(const DiagnoseOptions& options) {
  if (const Error error = CheckGot(options); !error.message.empty()) {
    return Explain(error, kExitUsage);
  }
  ForbidCoreDumps();
  const Result<std::string> got = ReadGot(options);
  if (!got) return Explain(got.error(), kExitUsage);
  const BackendResult backend = MakeAnyBackend();
  if (!backend) return Explain(backend.error(), kExitInternal);
  PrivateCase c;
  const ExitCode read = ReadCaseOrExplain(options.inputs, options.got_file == "-", **backend, c);
  if (read != kExitOk) return read;
  const Result<const FieldSpec*> stage = ChooseStage(*c, options.stage, *got);
  if (!stage) return Explain(stage.error(), kExitUsage);
  const auto derivation = CaseDerivation::Create(**backend, *c);
  if (!derivation) return Explain(derivation.error(), kExitUsage);
  const Result<DiagnosisReport> report = DiagnoseValue(**derivation, **stage, *got);
  if (!report) return Explain(report.error(), kExitUsage);
  const std::string around = report->is_right ? WrongAround(**derivation, **stage, *got) : "";
  const std::string text = around.empty() ? RenderDiagnosis(*report, StyleOf(stdout)) : around;
  if (!PrintTo(stdout, text)) return kExitInternal;
  return report->is_right && around.empty() ? kExitOk : kExitNotConformant;
}

}  // namespace

void AddDiagnoseCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<DiagnoseOptions>();
  CLI::App* command =
      app.add_subcommand("diagnose", "Say which mistake leads to a wrong password or signature");
  AddInputOptions(*command, options->inputs);
  AddOption(*command, "--got", options->got, "VALUE", "What came out");
  AddOption(*command, "--got-file", options->got_file, "FILE",
            "The same, in a file; a line break at its end does not count, - is stdin");
  AddOption(*command, "--stage", options->stage, "STAGE",
            "What VALUE is, as in canonical_request; the password, key or signature where it is "
            "left out");
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = Diagnose(*options); });
}

}  // namespace sigvet
