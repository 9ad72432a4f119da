#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/corpus_options.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/port_options.h"
#include "cli/subject_rows.h"
#include "harness/port/prepare_port.h"
#include "harness/port/process.h"
#include "harness/run/plan.h"

namespace sigvet {
namespace {

struct ListCasesOptions {
  CorpusOptions corpus;
  std::vector<std::string> filters;
  std::vector<std::string> skips;
};

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

ExitCode ListBackends() { return PrintOutput(RenderRows(BackendRows())); }

/// "ready", or what will be done first.
std::string StateOf(const PortManifest& manifest, const std::string& version) {
  if (manifest.build_command.empty()) return "ready";
  const Result<std::string> folder = BuildFolder(manifest);
  if (!folder) return folder.error().message;
  return IsBuilt(manifest, *folder, version) ? "ready" : "will be built";
}

ExitCode ListPorts() {
  std::vector<RequestedPort> ports;
  const ExitCode read = ReadPortsOrExplain({.sets = {"all"}}, ports);
  if (read != kExitOk) return read;
  std::vector<PortManifest> manifests;
  manifests.reserve(ports.size());
  for (RequestedPort& port : ports) manifests.push_back(std::move(port.manifest));
  AdoptOrphans();
  const std::vector<std::string> versions = ToolchainVersions(manifests, &CatchInterrupts());
  std::vector<SubjectRow> rows;
  for (std::size_t i = 0; i < manifests.size(); ++i) {
    const std::string missing = MissingToolchain(manifests[i]);
    if (missing.empty()) {
      const std::string& what = versions[i].empty() ? manifests[i].language : versions[i];
      rows.push_back({manifests[i].id, Visible(what), StateOf(manifests[i], versions[i])});
    } else {
      rows.push_back({manifests[i].id, "unavailable: " + missing, "", false});
    }
  }
  return PrintOutput(RenderRows(rows));
}

}  // namespace

void AddListCommand(CLI::App& app, ExitCode& exit_code) {
  CLI::App* list = app.add_subcommand("list", "List the cases, the backends or the ports");
  list->require_subcommand(1);
  list->footer(
      "Examples:\n  sigvet list cases --filter ses\n  sigvet list backends\n"
      "  sigvet list ports");

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

  CLI::App* ports = list->add_subcommand(
      "ports", "Every port: its toolchain's version and whether it is built, or what it needs");
  ports->footer("Example:\n  sigvet list ports");
  ports->callback([&exit_code] { exit_code = ListPorts(); });
}

}  // namespace sigvet
