#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/exit_code.h"
#include "harness/port/port_manifest.h"
#include "harness/run/plan.h"

namespace sigvet {

/// Which ports to run, as given on the command line.
struct PortOptions {
  /// Ids and paths.
  std::vector<std::string> ports = {};
  /// "all", or folders of ports.
  std::vector<std::string> sets = {};

  bool any() const { return !ports.empty() || !sets.empty(); }
};

/// Adds `--port ID|PATH` and `--ports all|FOLDER`, which may be repeated.
void AddPortOptions(CLI::App& command, PortOptions& options);

/// A port that was asked for.
struct RequestedPort {
  PortManifest manifest;
  /// What `--port` takes to name it again.
  std::string named_as;
  /// By itself, not as one of a set: then it must run.
  bool by_itself = false;
};

/// Reads the port.yaml of each port in `options`, each port once. Where one is not there or wrong,
/// stderr says so and the program is to end with what this returns; else that is kExitOk.
ExitCode ReadPortsOrExplain(const PortOptions& options, std::vector<RequestedPort>& ports);

/// Builds the ports where that has not been done, with a line of progress, and adds them to the
/// plan. One whose toolchain is missing is planned as unavailable; that is a problem where it was
/// asked for by itself. One that can't be built always is.
void AddPorts(std::vector<RequestedPort> ports, const std::atomic<bool>& interrupted, Plan& plan);

/// Adds `--require-op OP`, which may be repeated.
void AddRequireOperationOption(CLI::App& command, std::vector<std::string>& operations);

/// The ids of the ports that come with sigvet, by the names of their folders; none where there is
/// no such folder.
std::vector<std::string> AllPortIds();

}  // namespace sigvet
