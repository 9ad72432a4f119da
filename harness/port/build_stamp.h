#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "harness/port/port_manifest.h"

namespace sigvet {

/// The most files that a port with a build may have in its folder, and their bytes.
inline constexpr std::size_t kMaxPortFiles = 200;
inline constexpr std::size_t kMaxPortBytes = std::size_t{64} << 20;

/// What a build depends on, as a SHA-256 in hex: port.yaml, every regular file in the port's folder
/// and below (hidden ones and what symbolic links lead to do not count), the build command, and the
/// version of the toolchain.
Result<std::string> BuildKey(const PortManifest& manifest, std::string_view toolchain_version);

/// The key of the build in `folder`; empty where there is none that is complete.
std::string ReadBuildStamp(const std::string& folder);

/// Says that the build in `folder` is complete and has this key. False where that can't be written.
bool WriteBuildStamp(const std::string& folder, const std::string& key);

/// The first 16 hex digits of the SHA-256 of `text`.
std::string ShortDigest(std::string_view text);

}  // namespace sigvet
