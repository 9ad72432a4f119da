#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/suggest.h"
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
/// Longer values are cut; their size is shown.
constexpr std::size_t kMostShown = 300;

struct ShowOptions {
  std::string id;
  std::vector<std::string> backends;
  std::vector<std::string> corpus_paths;
};

struct NamedAnswer {
  std::string subject;
  Answer answer;
};

std::string Row(std::string_view name, std::string_view value) {
  std::string row = "  " + std::string(name);
  row.append(std::max(kNameWidth, name.size() + 1) - name.size(), ' ');
  return row + std::string(value) + "\n";
}

std::string Shown(const std::string& value) {
  if (value.size() <= kMostShown) return value.empty() ? "(empty)" : Visible(value);
  return Visible(value.substr(0, kMostShown)) + "... (" + std::to_string(value.size()) + " bytes)";
}

std::string ShowInputs(const Case& c) {
  std::string text = "input\n";
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    const std::string_view name = c.operation->inputs[i].name;
    if (const auto* number = std::get_if<std::int64_t>(&c.inputs[i])) {
      text += Row(name, std::to_string(*number));
    } else if (const auto* bytes = std::get_if<std::string>(&c.inputs[i])) {
      text += Row(name, Shown(*bytes));
    }
  }
  return text;
}

/// The value of `stage` in an answer, or in words that there is none.
std::string StageText(const std::vector<StageValue>& stages, const FieldSpec& stage) {
  const auto found = std::ranges::find(stages, &stage, &StageValue::stage);
  return found == stages.end() ? "-" : Shown(found->value);
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// One row where all agree, else a row for each different value with who gave it.
std::string ShowStage(const Case& c, const FieldSpec& stage,
                      const std::vector<NamedAnswer>& answers) {
  std::vector<std::pair<std::string, std::vector<std::string>>> values;
  const auto add = [&](const std::string& who, const std::string& value) {
    const auto same =
        std::ranges::find_if(values, [&](const auto& known) { return known.first == value; });
    if (same != values.end()) {
      same->second.push_back(who);
    } else {
      values.push_back({value, {who}});
    }
  };
  if (std::ranges::find(c.expected, &stage, &StageValue::stage) != c.expected.end()) {
    add("expected", StageText(c.expected, stage));
  }
  for (const NamedAnswer& named : answers) {
    if (named.answer.kind == Answer::Kind::kOutput) {
      add(named.subject, StageText(named.answer.stages, stage));
    }
  }
  std::string text;
  for (const auto& [value, who] : values) {
    text += Row(text.empty() ? stage.name : "", value);
    if (values.size() > 1) text += Row("", "  from " + Join(who));
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
  static constexpr const char* kKinds[] = {"published", "cross-checked", "derived"};
  std::string text = "provenance\n";
  text += Row("kind", kKinds[static_cast<std::size_t>(provenance.kind)]);
  if (!provenance.source.empty()) text += Row("source", Visible(provenance.source));
  for (const std::string& who : provenance.agree) text += Row("agrees", Visible(who));
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

/// The id that ends in `word`, else the one nearest to it.
std::string SuggestId(const Corpus& corpus, const std::string& word) {
  std::vector<std::string_view> ids;
  for (const Case& c : corpus.cases) {
    if (c.id.ends_with("/" + word)) return "did you mean \"" + c.id + "\"?";
    ids.push_back(c.id);
  }
  const std::string hint = DidYouMean(word, ids);
  return hint.empty() ? "sigvet list cases shows them all" : hint;
}

ExitCode Show(const ShowOptions& options) {
  Result<std::vector<PlannedSubject>> subjects = PlanBackends(options.backends);
  if (!subjects) return Explain(subjects.error(), kExitUsage);
  Corpus corpus;
  const ExitCode loaded = LoadCorpusOrExplain(options.corpus_paths, corpus);
  if (loaded != kExitOk) return loaded;
  const auto found = std::ranges::find(corpus.cases, options.id, &Case::id);
  if (found == corpus.cases.end()) {
    return Explain({"no case " + Visible(options.id), {}, SuggestId(corpus, options.id)},
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
  AddCorpusOption(*command, options->corpus_paths);
  command->footer("Example:\n  sigvet show ses/published/rust-sample");
  command->callback([options, &exit_code] { exit_code = Show(*options); });
}

}  // namespace sigvet
