// Looks for the defects behind arbitrary bytes, taken for a stage that came out: the number of the
// derivation in the first byte, then the value. What is named must give exactly the value, and what
// is printed must be nothing that a terminal would act on.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backends/builtin/builtin_backend.h"
#include "base/bytes.h"
#include "base/check.h"
#include "base/utf8.h"
#include "diagnosis/defect_search.h"
#include "diagnosis/value_structure.h"
#include "harness/corpus/parse_inputs.h"
#include "harness/subject/case_derivation.h"
#include "harness/subject/diagnose_answer.h"
#include "reports/diagnosis_text.h"

namespace sigvet {
namespace {

struct Subject {
  std::string_view operation;
  std::string_view inputs;
};

constexpr std::string_view kScope =
    "secret: \"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\"\nregion: \"us-east-1\"\n"
    "service: \"iam\"\n";
constexpr std::array<Subject, 4> kSubjects = {{
    {"ses-smtp-password",
     "version: 4\nsecret: \"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\"\n"
     "region: \"us-east-1\"\n"},
    {"ses-smtp-password", "version: 2\nsecret: \"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\"\n"},
    {"sigv4-signing-key", "date: \"20150830\"\n"},
    {"sigv4-sign",
     "access_key_id: \"AKIDEXAMPLE\"\ntimestamp: \"20150830T123600Z\"\nmethod: \"GET\"\n"
     "path: \"/a b\"\nquery: \"b=2&a=1\"\nheaders: [[\"Host\", \"iam.amazonaws.com\"]]\n"},
}};

/// A derivation that outlives the program.
struct Given {
  Case c;
  std::unique_ptr<CaseDerivation> derivation;
};

std::vector<std::unique_ptr<Given>> MakeAll(Backend& backend) {
  std::vector<std::unique_ptr<Given>> all;
  for (const Subject& subject : kSubjects) {
    const bool has_scope = subject.operation.starts_with("sigv4");
    const std::string text = std::string(has_scope ? kScope : "") + std::string(subject.inputs);
    ParsedInputs parsed =
        ParseInputs("in.yaml", text, *FindOperation(subject.operation), {}, backend);
    Check(parsed.errors.empty(), "inputs of the fuzzer itself");
    auto given = std::make_unique<Given>(Given{std::move(parsed.c), nullptr});
    given->derivation = CaseDerivation::Create(backend, given->c).value();
    all.push_back(std::move(given));
  }
  return all;
}

void Diagnose(Backend& backend, const Given& given, const FieldSpec& stage,
              const std::string& got) {
  const auto located = given.derivation->Find(stage);
  if (!located) return;
  const Derivation& right = *located->derivation;
  const std::string value = ComparedValue(stage, got);
  DiagnosisReport report = {.stage = std::string(stage.name), .product = right.product};
  report.is_right = value == ValueAt(backend, right, located->stage);
  if (!report.is_right) {
    const DefectInput& input = given.derivation->input();
    const SearchResult found =
        FindDefects(input, right, {located->stage, value}, SearchDepth::kSingles);
    for (const Explanation& explanation : found.explanations) {
      const Derivation wrong = WithDefects(input, right, explanation);
      Check(ValueAt(backend, wrong, located->stage) == value, "a false accusation");
    }
    report.explanations = found.explanations;
    report.effort = found.effort;
    report.structure = DescribeStructure(right, located->stage, value);
  }
  const std::string shown = RenderDiagnosis(report, {});
  Check(IsUtf8(shown) && shown.find('\x1b') == shown.npos, "what a terminal would act on");
}

void DiagnoseBytes(std::string_view text) {
  static const std::unique_ptr<Backend> backend = MakeBuiltinBackend().value();
  static const std::vector<std::unique_ptr<Given>> all = MakeAll(*backend);
  // '0' to '3' are the answers, what follows the stages before them.
  const std::size_t number = static_cast<unsigned char>(text.front() - '0');
  const Given& given = *all[number % all.size()];
  std::vector<const FieldSpec*> stages;
  for (const FieldSpec& stage : given.c.operation->stages) {
    if (given.c.Uses(stage)) stages.push_back(&stage);
  }
  const std::size_t back = number / all.size() % stages.size();
  Diagnose(*backend, given, *stages[stages.size() - 1 - back], std::string(text.substr(1)));
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) sigvet::DiagnoseBytes(sigvet::AsText({data, size}));
  return 0;
}
