#include "cli/port_options.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "backends/backend_registry.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "harness/port/find_ports.h"
#include "harness/port/prepare_port.h"
#include "harness/port/process.h"

namespace sigvet {
namespace {

struct FoundPort {
  std::string file;
  std::string named_as;
  bool by_itself = false;
};

/// Adds the ports of a set.
ExitCode FindSet(const std::string& set, std::vector<FoundPort>& found) {
  std::string folder = set;
  if (set == "all") {
    const Result<std::string> all = PortsFolder();
    if (!all) return Explain(all.error(), kExitUsage);
    folder = *all;
  }
  const Result<std::vector<std::string>> files = FindPorts(folder);
  if (!files) return Explain(files.error(), kExitUsage);
  for (const std::string& file : *files) {
    const std::filesystem::path port = std::filesystem::path(file).parent_path();
    found.push_back({file, set == "all" ? port.filename().string() : port.string()});
  }
  return kExitOk;
}

ExitCode FindAll(const PortOptions& options, std::vector<FoundPort>& found) {
  for (const std::string& port : options.ports) {
    const Result<std::string> file = FindPort(port);
    if (!file) return Explain(file.error(), kExitUsage);
    found.push_back({*file, port, true});
  }
  for (const std::string& set : options.sets) {
    const ExitCode code = FindSet(set, found);
    if (code != kExitOk) return code;
  }
  return kExitOk;
}

/// That two subjects have the same name; no message where none have.
Error FindClash(const std::vector<RequestedPort>& ports) {
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const PortManifest& port = ports[i].manifest;
    const auto backends = AllBackends();
    if (std::ranges::find(backends, port.id, &BackendEntry::id) != backends.end()) {
      return {"a port may not have the id of a backend: " + port.id, {port.file}};
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (ports[j].manifest.id != port.id) continue;
      return {"two ports have the id " + port.id + ": the other is " + ports[j].manifest.file,
              {port.file}};
    }
  }
  return {};
}

PlannedSubject Unavailable(const RequestedPort& port, std::string why) {
  PlannedSubject planned;
  planned.info.id = port.manifest.id;
  planned.info.kind = "port";
  planned.info.named_as = port.named_as;
  planned.info.unavailable_because = std::move(why);
  return planned;
}

}  // namespace

void AddPortOptions(CLI::App& command, PortOptions& options) {
  AddRepeatable(command, "--port", options.ports, "ID|PATH",
                "Run this port: its id, its folder or its port.yaml");
  AddRepeatable(command, "--ports", options.sets, "all|FOLDER",
                "Run all ports that come with sigvet, or those in the folders of FOLDER");
}

ExitCode ReadPortsOrExplain(const PortOptions& options, std::vector<RequestedPort>& ports) {
  std::vector<FoundPort> found;
  const ExitCode code = FindAll(options, found);
  if (code != kExitOk) return code;
  bool valid = true;
  for (FoundPort& port : found) {
    ManifestResult read = ReadPortManifest(port.file);
    for (const Error& error : read.errors) PrintError(error);
    valid = valid && read.errors.empty();
    const auto same = std::ranges::find_if(ports, [&](const RequestedPort& other) {
      std::error_code ignored;
      return std::filesystem::equivalent(other.manifest.file, read.manifest.file, ignored);
    });
    if (same != ports.end()) {
      same->by_itself = same->by_itself || port.by_itself;
    } else {
      ports.push_back({std::move(read.manifest), std::move(port.named_as), port.by_itself});
    }
  }
  if (!valid) return kExitBadCorpus;
  const Error clash = FindClash(ports);
  return clash.message.empty() ? kExitOk : Explain(clash, kExitUsage);
}

void AddPorts(std::vector<RequestedPort> ports, const std::atomic<bool>& interrupted, Plan& plan) {
  AdoptOrphans();
  std::vector<PortManifest> manifests;
  manifests.reserve(ports.size());
  for (const RequestedPort& port : ports) manifests.push_back(port.manifest);
  const std::vector<std::string> versions = ToolchainVersions(manifests, &interrupted);
  ProgressLine progress("ports built", ports.size());
  for (std::size_t i = 0; i < ports.size() && !interrupted; ++i) {
    RequestedPort& port = ports[i];
    progress.Update(i, port.manifest.id);
    const Place place = {port.manifest.file};
    std::string missing = MissingToolchain(port.manifest);
    if (!missing.empty()) {
      if (port.by_itself) plan.problems.push_back({port.manifest.id + " " + missing, place});
      plan.subjects.push_back(Unavailable(port, std::move(missing)));
      continue;
    }
    Result<Port> built = BuildPort(port.manifest, &interrupted, versions[i]);
    if (!built) {
      plan.problems.push_back(built.error());
      plan.subjects.push_back(Unavailable(port, built.error().message));
      continue;
    }
    plan.subjects.push_back(
        PlanPort(std::make_shared<const Port>(*std::move(built)), port.named_as, versions[i]));
  }
}

void AddRequireOperationOption(CLI::App& command, std::vector<std::string>& operations) {
  std::vector<std::string> names;
  for (const OperationSpec& operation : AllOperations()) names.emplace_back(operation.name);
  AddRepeatable(command, "--require-op", operations, "OP",
                "Fail a subject that ran no case of this operation")
      ->check(CLI::IsMember(names).description(""));
}

std::vector<std::string> AllPortIds() {
  std::vector<std::string> ids;
  const Result<std::string> folder = PortsFolder();
  if (!folder) return ids;
  const Result<std::vector<std::string>> files = FindPorts(*folder);
  if (!files) return ids;
  for (const std::string& file : *files) {
    ids.push_back(std::filesystem::path(file).parent_path().filename().string());
  }
  return ids;
}

}  // namespace sigvet
