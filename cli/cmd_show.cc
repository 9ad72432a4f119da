#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/corpus_options.h"
#include "cli/messages.h"
#include "cli/subject_options.h"
#include "harness/run/judge.h"
#include "harness/run/plan.h"

namespace sigvet {
namespace {

constexpr std::size_t kNameWidth = 15;
/// Longer values, or lines of values, are cut; their size is shown.
constexpr std::size_t kMostShown = 300;
constexpr std::size_t kMostLines = 60;

struct ShowOptions {
  std::string id;
  std::vector<std::string> backends;
  CorpusOptions corpus;
};

struct NamedAnswer {
  std::string subject;
  Answer answer;
};

/// `width` is that of the names.
std::string Row(std::string_view name, std::string_view value, std::size_t width = kNameWidth) {
  std::string row = "  " + std::string(name);
  row.append(std::max(width, name.size() + 1) - name.size(), ' ');
  return row + std::string(value) + "\n";
}

std::string Shown(std::string_view value) {
  if (value.size() <= kMostShown) return value.empty() ? "(empty)" : Visible(value);
  return Visible(value.substr(0, kMostShown)) + "... (" + std::to_string(value.size()) + " bytes)";
}

/// Whether `value` is text of several lines.
bool HasLines(std::string_view value) {
  const std::size_t newline = value.find('\n');
  return newline != value.npos && newline + 1 < value.size() && IsUtf8(value);
}

/// A value of several lines is a block below its name.
std::string ShowField(std::string_view name, std::string_view value,
                      std::size_t width = kNameWidth) {
  if (!HasLines(value)) return Row(name, Shown(value), width);
  std::string text = "  " + std::string(name) + "\n";
  std::size_t shown = 0;
  std::size_t begin = 0;
  while (begin < value.size() && shown < kMostLines) {
    const std::size_t end = std::min(value.find('\n', begin), value.size());
    const std::string_view line = value.substr(begin, end - begin);
    text += line.empty() ? "\n" : "      " + Shown(line) + "\n";
    begin = end + 1;
    ++shown;
  }
  if (begin < value.size()) {
    const auto rest = value.substr(begin);
    const auto lines = std::ranges::count(rest, '\n') + (rest.ends_with('\n') ? 0 : 1);
    return text + "    (and " + Count(static_cast<std::size_t>(lines), "more line") + ")\n";
  }
  return value.ends_with('\n') ? text + "    (with a newline at the end)\n" : text;
}

std::string ShowHeaders(std::string_view name, const std::vector<HttpHeader>& headers,
                        std::size_t width) {
  if (headers.empty()) return Row(name, "(none)", width);
  std::string text;
  for (const HttpHeader& header : headers) {
    const std::string value = header.value.empty() ? "" : " " + Shown(header.value);
    text += Row(text.empty() ? name : "", Shown(header.name) + ":" + value, width);
  }
  return text;
}

std::string ShowInput(std::string_view name, const Value& value, std::size_t width) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return Row(name, std::to_string(*number), width);
  }
  if (const auto* boolean = std::get_if<bool>(&value)) {
    return Row(name, *boolean ? "true" : "false", width);
  }
  if (const auto* headers = std::get_if<std::vector<HttpHeader>>(&value)) {
    return ShowHeaders(name, *headers, width);
  }
  if (const auto* bytes = std::get_if<std::string>(&value)) return ShowField(name, *bytes, width);
  return "";
}

std::string ShowInputs(const Case& c) {
  const std::span<const FieldSpec> inputs = c.operation->inputs;
  std::size_t width = kNameWidth;
  for (const FieldSpec& input : inputs) width = std::max(width, input.name.size() + 2);
  std::string text = "input\n";
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    text += ShowInput(inputs[i].name, c.inputs[i], width);
  }
  return text;
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// One value where all agree, else each different one with who gave it.
std::string ShowStage(const Case& c, const FieldSpec& stage,
                      const std::vector<NamedAnswer>& answers) {
  struct Given {
    std::optional<std::string> value;
    std::vector<std::string> by;
  };
  std::vector<Given> all;
  const auto add = [&](const std::string& who, const std::vector<StageValue>& stages) {
    const auto found = std::ranges::find(stages, &stage, &StageValue::stage);
    const std::optional<std::string> value =
        found == stages.end() ? std::nullopt : std::optional(found->value);
    const auto same = std::ranges::find(all, value, &Given::value);
    if (same != all.end()) {
      same->by.push_back(who);
    } else {
      all.push_back({value, {who}});
    }
  };
  if (std::ranges::find(c.expected, &stage, &StageValue::stage) != c.expected.end()) {
    add("expected", c.expected);
  }
  for (const NamedAnswer& named : answers) {
    if (named.answer.kind == Answer::Kind::kOutput) add(named.subject, named.answer.stages);
  }
  std::string text;
  for (const Given& given : all) {
    const std::string_view name =
        text.empty() || HasLines(given.value.value_or("")) ? stage.name : "";
    text += given.value ? ShowField(name, *given.value) : Row(name, "-");
    if (all.size() > 1) text += Row("", "  from " + Join(given.by));
  }
  return text;
}

std::string ShowVerdicts(const Case& c, const std::vector<NamedAnswer>& answers) {
  std::string text = "backends\n";
  for (const NamedAnswer& named : answers) {
    const Judgement judgement = Judge(c, named.answer);
    std::string verdict(ToString(judgement.verdict));
    if (judgement.failure) verdict += ": " + Visible(judgement.failure->reason);
    if (!judgement.failure && named.answer.kind == Answer::Kind::kRefused) {
      verdict += ": refused, " + Visible(named.answer.detail);
    }
    text += Row(named.subject, verdict);
  }
  return text;
}

std::string ShowProvenance(const Provenance& provenance) {
  std::string text = "provenance\n";
  text += Row("kind", ToString(provenance.kind));
  if (!provenance.source.empty()) text += Row("source", Visible(provenance.source));
  for (const std::string& who : provenance.agree) text += Row("agrees", Visible(who));
  for (const Provenance::Observation& observation : provenance.observed) {
    text += Row("observed", observation.signature);
    for (const std::string& who : observation.by) text += Row("", "  from " + Visible(who));
  }
  return text;
}

std::string ShowRequirement(const Case& c) {
  switch (c.requirement) {
    case Requirement::kCompute:
      return "";
    case Requirement::kRefuse:
      return "must be refused: " + Visible(c.refusal) + "\n";
    case Requirement::kEither:
      return "may be computed or refused\n";
  }
  return "";
}

std::string ShowCase(const Corpus& corpus, const Case& c, const std::vector<NamedAnswer>& answers) {
  std::string text = c.id + "  " + ToString(corpus.PlaceOf(c)) + "\n" + Visible(c.why) + "\n" +
                     ShowRequirement(c) + "\noperation " + std::string(c.operation->name) + "\n" +
                     ShowInputs(c);
  std::string stages;
  for (const FieldSpec& stage : c.operation->stages) {
    if (c.Uses(stage)) stages += ShowStage(c, stage, answers);
  }
  if (!stages.empty()) text += "stages\n" + stages;
  return text + ShowVerdicts(c, answers) + ShowProvenance(*c.provenance);
}

ExitCode Show(const ShowOptions& options) {
  Result<std::vector<PlannedSubject>> subjects = PlanBackends(options.backends);
  if (!subjects) return Explain(subjects.error(), kExitUsage);
  Corpus corpus;
  const ExitCode loaded = LoadCorpusOrExplain(options.corpus, corpus);
  if (loaded != kExitOk) return loaded;
  const auto found = std::ranges::find(corpus.cases, options.id, &Case::id);
  if (found == corpus.cases.end()) {
    return Explain({"no case " + Visible(options.id), {}, SuggestCase(corpus, options.id)},
                   kExitNothingSelected);
  }
  std::vector<NamedAnswer> answers;
  for (const PlannedSubject& subject : *subjects) {
    if (subject.make) answers.push_back({subject.info.id, subject.make()->Evaluate(*found)});
  }
  return PrintOutput(ShowCase(corpus, *found, answers));
}

}  // namespace

void AddShowCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command = app.add_subcommand(
      "show", "Show one case: its inputs, every stage, and what backends answer");
  command->add_option("CASE", options->id, "The id of a case")->required();
  AddBackendOption(*command, options->backends);
  AddCorpusOptions(*command, options->corpus);
  command->footer("Example:\n  sigvet show ses/published/rust-sample");
  command->callback([options, &exit_code] { exit_code = Show(*options); });
}

}  // namespace sigvet
