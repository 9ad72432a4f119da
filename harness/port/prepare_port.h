#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "base/result.h"
#include "harness/port/port_manifest.h"
#include "harness/port/run_ports.h"
#include "harness/port/toolchain.h"

namespace sigvet {

/// Where the build of the port lies: a folder of its own under $XDG_CACHE_HOME/sigvet/ports (or
/// ~/.cache/...), by the port's id and folder.
Result<std::string> BuildFolder(const PortManifest& manifest);

/// Whether the build that lies there was made from the files as they are; true where there is
/// nothing to build. `toolchain_version` is what ToolchainVersion gives, where that is known
/// already.
bool IsBuilt(const PortManifest& manifest, const std::string& build_folder,
             const std::optional<std::string>& toolchain_version = std::nullopt);

/// Builds the port where that has not been done for these files, and returns it. Programs that do
/// the same at the same time wait for each other. Nothing is written but below BuildFolder. Errors:
/// the build fails or takes longer than its limit (with the end of its output as the hint), or is
/// interrupted. The toolchain must be there; `toolchain_version` as for IsBuilt.
Result<Port> BuildPort(PortManifest manifest, const std::atomic<bool>* interrupted,
                       std::optional<std::string> toolchain_version = std::nullopt);

}  // namespace sigvet
