#pragma once

#include <atomic>
#include <span>
#include <string>
#include <vector>

#include "harness/port/port_manifest.h"

namespace sigvet {

/// The environment of every process of a port, its build included: PATH, HOME, TMPDIR,
/// XDG_CACHE_HOME of the caller where they are set, LC_ALL=C.UTF-8, TZ=UTC, then what the manifest
/// names. Nothing else of the caller's. Each variable once, as NAME=VALUE.
std::vector<std::string> PortEnvironment(const PortManifest& manifest);

/// What is missing of the port's toolchain, in words with what to install: "needs php (Debian:
/// apt-get install php-cli)". Empty where all is there.
std::string MissingToolchain(const PortManifest& manifest);

/// The first line that the manifest's version command prints, to standard error where it prints
/// nothing else, stripped; empty where there is none or it fails or takes longer than 10 s.
std::string ToolchainVersion(const PortManifest& manifest);

/// The same of several ports, whose commands run at the same time, a few at once. Once
/// `interrupted` is true (it may be null) the versions that are missing are empty.
std::vector<std::string> ToolchainVersions(std::span<const PortManifest> manifests,
                                           const std::atomic<bool>* interrupted = nullptr);

}  // namespace sigvet
