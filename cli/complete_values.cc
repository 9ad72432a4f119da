#include "cli/complete_values.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>
#include <vector>

#include "bench/contender.h"
#include "bench/workload.h"
#include "cli/complete_cases.h"
#include "cli/subject_rows.h"
#include "harness/corpus/aws_sig_v4_suite.h"
#include "harness/corpus/operation.h"
#include "harness/port/find_ports.h"
#include "harness/port/port_manifest.h"
#include "reports/report.h"
#include "signing/ses_regions.h"

namespace sigvet {
namespace {

using Candidates = std::vector<Candidate>;

template <typename Names>
Candidates FromNames(const Names& names) {
  Candidates candidates;
  for (const auto& name : names) candidates.push_back({std::string(name)});
  return candidates;
}

/// Unless it is among them.
void Add(std::string_view name, Candidates& candidates) {
  if (std::ranges::find(candidates, name, &Candidate::text) == candidates.end()) {
    candidates.push_back({std::string(name)});
  }
}

bool IsGlob(const UnfinishedValue& value) { return value.form == "GLOB"; }

Candidates Cases(const UnfinishedValue& value) {
  return CasesBelow(value.begin, IsGlob(value), value.given);
}

Candidates Backends(const UnfinishedValue& value) {
  Candidates candidates;
  if (value.command == "bench") {
    for (const Contender& contender : AllContenders()) {
      candidates.push_back({contender.id, contender.description});
    }
    return candidates;
  }
  for (SubjectRow& row : BackendRows()) {
    if (row.available) candidates.push_back({std::move(row.id), std::move(row.what)});
  }
  return candidates;
}

Candidates Ports(const UnfinishedValue&) {
  Candidates candidates;
  const Result<std::string> folder = PortsFolder();
  if (!folder) return candidates;
  const Result<std::vector<std::string>> files = FindPorts(*folder);
  if (!files) return candidates;
  for (const std::string& file : *files) {
    candidates.push_back({std::filesystem::path(file).parent_path().filename().string()});
  }
  return candidates;
}

Candidates Workloads(const UnfinishedValue&) {
  Candidates candidates;
  for (const Workload& workload : AllWorkloads()) {
    candidates.push_back({workload.id, workload.title});
  }
  return candidates;
}

Candidates Formats(const UnfinishedValue& value) {
  Candidates candidates;
  if (value.command != "bench") {
    for (const ReportFormat& format : AllReportFormats()) Add(format.name, candidates);
  }
  if (value.command == "bench" || value.command == "report") {
    for (const BenchReportFormat& format : AllBenchReportFormats()) Add(format.name, candidates);
  }
  return candidates;
}

Candidates SuiteFormats(const UnfinishedValue&) { return {{std::string(kAwsSigV4Suite)}}; }

Candidates Regions(const UnfinishedValue&) { return FromNames(KnownSesRegions()); }

Candidates Operations(const UnfinishedValue& value) {
  if (value.command == "check-port") return FromNames(ExecOperations());
  Candidates candidates;
  for (const OperationSpec& operation : AllOperations()) {
    const bool derives =
        std::ranges::find(operation.inputs, "secret", &FieldSpec::name) != operation.inputs.end();
    if (derives || value.command != "diagnose") {
      candidates.push_back({std::string(operation.name)});
    }
  }
  return candidates;
}

/// Of the operation that is given, or else of all.
Candidates Stages(const UnfinishedValue& value) {
  const auto given = std::ranges::find(value.given, "--op", &GivenValue::name);
  const OperationSpec* const chosen =
      given == value.given.end() ? nullptr : FindOperation(given->value);
  Candidates candidates;
  for (const OperationSpec& operation : AllOperations()) {
    if (chosen != nullptr && chosen != &operation) continue;
    for (const FieldSpec& stage : operation.stages) Add(stage.name, candidates);
  }
  return candidates;
}

/// What options and arguments take that have names; in a form such as FORMAT=PATH, its first part.
struct NamedValues {
  std::string_view name;
  Candidates (*find)(const UnfinishedValue& value);
};

constexpr NamedValues kNamedValues[] = {
    {"--backend", Backends},
    {"--filter", Cases},
    {"--op", Operations},
    {"--port", Ports},
    {"--region", Regions},
    {"--report", Formats},
    {"--require-op", Operations},
    {"--skip", Cases},
    {"--stage", Stages},
    {"--suite", SuiteFormats},
    {"--to", Formats},
    {"--workload", Workloads},
    {"CASE", Cases},
};

/// A word in --help that stands for a path.
struct PathWord {
  std::string_view word;
  Completion::Files files;
};

constexpr PathWord kPathWords[] = {
    {"FILE", Completion::Files::kAny},
    {"OLD", Completion::Files::kAny},
    {"NEW", Completion::Files::kAny},
    {"PATH", Completion::Files::kAny},
    {"DIR", Completion::Files::kFolders},
    {"FOLDER", Completion::Files::kFolders},
    {"-- CMD [ARGS...]", Completion::Files::kAny},
};

bool HasUpper(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Names of files, which stand behind `before`.
void AddFiles(Completion::Files files, const std::string& before, const UnfinishedValue& value,
              Completion& completion) {
  if (value.begin.starts_with(before)) {
    completion.files = files;
    completion.before_file = before;
  } else {
    completion.candidates.push_back({before});
  }
}

/// Adds what one of the alternatives of a form says: "argv", "env:NAME", "@FILE", "FORMAT=PATH".
void AddAlternative(std::string_view form, const Candidates& named, const UnfinishedValue& value,
                    Completion& completion) {
  const auto* const path = std::ranges::find_if(
      kPathWords, [&](const PathWord& path_word) { return form.ends_with(path_word.word); });
  const std::string_view before =
      path == std::end(kPathWords) ? form : form.substr(0, form.size() - path->word.size());
  if (before.starts_with("FORMAT")) {
    const std::string_view separator = before.substr(std::string_view("FORMAT").size());
    for (const Candidate& format : named) {
      AddFiles(path->files, format.text + std::string(separator), value, completion);
    }
  } else if (path != std::end(kPathWords)) {
    AddFiles(path->files, std::string(before), value, completion);
  } else if (!HasUpper(form)) {
    completion.candidates.push_back({std::string(form)});
  } else if (const std::size_t colon = form.find(':');
             colon != form.npos && !HasUpper(form.substr(0, colon))) {
    completion.candidates.push_back({std::string(form.substr(0, colon + 1))});
  }
}

}  // namespace

Completion CompleteValue(const UnfinishedValue& value) {
  Completion completion;
  const auto* const values = std::ranges::find(kNamedValues, value.name, &NamedValues::name);
  const Candidates named = values == std::end(kNamedValues) ? Candidates() : values->find(value);
  if (!value.form.starts_with("FORMAT")) completion.candidates = named;
  std::string_view form = value.form;
  while (!form.empty()) {
    const std::size_t bar = std::min(form.find('|'), form.size());
    AddAlternative(form.substr(0, bar), named, value, completion);
    form.remove_prefix(std::min(bar + 1, form.size()));
  }
  return completion;
}

}  // namespace sigvet
