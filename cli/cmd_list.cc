#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend_registry.h"
#include "cli/commands.h"
#include "cli/corpus_options.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "harness/run/plan.h"

namespace sigvet {
namespace {

struct ListCasesOptions {
  CorpusOptions corpus;
  std::vector<std::string> filters;
  std::vector<std::string> skips;
};

/// `text` and blanks up to `width`, at least two.
std::string Padded(std::string_view text, std::size_t width) {
  std::string padded(text);
  padded.append(std::max(width, text.size() + 2) - text.size(), ' ');
  return padded;
}

std::string PlaceText(Place place) {
  place.column = 0;
  return ToString(place);
}

ExitCode ListCases(const ListCasesOptions& options) {
  Corpus corpus;
  const ExitCode loaded = LoadCorpusOrExplain(options.corpus, corpus);
  if (loaded != kExitOk) return loaded;
  const auto selected = SelectCases(corpus, options.filters, options.skips, Contested::kAll);
  if (!selected) return Explain(selected.error(), kExitNothingSelected);
  std::size_t width = 0;
  for (const std::uint32_t i : selected->cases) {
    width = std::max(width, corpus.cases[i].id.size() + 2);
  }
  std::string text;
  for (const std::uint32_t i : selected->cases) {
    const Case& c = corpus.cases[i];
    text += Padded(c.id, width) + PlaceText(corpus.PlaceOf(c));
    text += c.IsContested() ? "  contested\n" : "\n";
  }
  return PrintOutput(text);
}

ExitCode ListBackends() {
  struct Row {
    std::string_view id;
    std::string what;
    std::string kernel;
  };
  std::vector<Row> rows;
  std::size_t id_width = 0;
  std::size_t what_width = 0;
  for (const BackendEntry& entry : AllBackends()) {
    const RunReport::Subject info = PlanBackend(entry.id).info;
    const bool available = info.unavailable_because.empty();
    rows.push_back({entry.id, available ? info.library : "unavailable: " + info.unavailable_because,
                    info.kernel});
    id_width = std::max(id_width, entry.id.size() + 2);
    if (available) what_width = std::max(what_width, info.library.size() + 2);
  }
  std::string text;
  for (const Row& row : rows) {
    text += Padded(row.id, id_width);
    text += row.kernel.empty() ? row.what : Padded(row.what, what_width) + row.kernel;
    text += "\n";
  }
  return PrintOutput(text);
}

}  // namespace

void AddListCommand(CLI::App& app, ExitCode& exit_code) {
  CLI::App* list = app.add_subcommand("list", "List the cases or the backends");
  list->require_subcommand(1);
  list->footer("Examples:\n  sigvet list cases --filter ses\n  sigvet list backends");

  auto options = std::make_shared<ListCasesOptions>();
  CLI::App* cases = list->add_subcommand("cases", "Every case and where it stands");
  AddCorpusOptions(*cases, options->corpus);
  AddRepeatable(*cases, "--filter", options->filters, "GLOB", "List only cases that match");
  AddRepeatable(*cases, "--skip", options->skips, "GLOB", "Leave out cases that match");
  cases->footer("Example:\n  sigvet list cases --filter 'ses/*/us-*'");
  cases->callback([options, &exit_code] { exit_code = ListCases(*options); });

  CLI::App* backends = list->add_subcommand(
      "backends", "Every backend: its library's version and kernel, or why it is unavailable");
  backends->footer("Example:\n  sigvet list backends");
  backends->callback([&exit_code] { exit_code = ListBackends(); });
}

}  // namespace sigvet
