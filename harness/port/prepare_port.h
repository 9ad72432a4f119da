#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "harness/port/port_manifest.h"
#include "harness/port/run_ports.h"

namespace sigvet {

/// The environment of every process of a port, its build included: PATH, HOME, TMPDIR,
/// XDG_CACHE_HOME of the caller where they are set, LC_ALL=C.UTF-8, TZ=UTC, then what the manifest
/// names. Nothing else of the caller's.
std::vector<std::string> PortEnvironment(const PortManifest& manifest);

/// What is missing of the port's toolchain, in words with what to install: "needs php (install
/// php-cli)". Empty where all is there.
std::string MissingToolchain(const PortManifest& manifest);

/// The first line that the manifest's version command prints, stripped; empty where there is none
/// or it fails.
std::string ToolchainVersion(const PortManifest& manifest);

/// Where the build of the port lies: a folder of its own under $XDG_CACHE_HOME/sigvet/ports (or
/// ~/.cache/...), by the port's id and folder.
Result<std::string> BuildFolder(const PortManifest& manifest);

/// Whether the build that lies there was made from the files as they are.
bool IsBuilt(const PortManifest& manifest, const std::string& build_folder);

/// Builds the port where that has not been done for these files, and returns it. Programs that do
/// the same at the same time wait for each other. Errors: the build fails or takes longer than its
/// limit (with the end of its output as the hint), or is interrupted. The toolchain must be there.
Result<Port> BuildPort(PortManifest manifest, const std::atomic<bool>* interrupted);

}  // namespace sigvet
