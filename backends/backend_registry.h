#pragma once

#include <span>
#include <string_view>

#include "backends/backend.h"

namespace sigvet {

/// One backend that the source tree has, whether or not this build includes it.
struct BackendEntry {
  /// Kebab-case, as on the command line: "openssl".
  std::string_view id;
  /// Makes a backend for the calling thread; thread-safe. Null where the build left it out.
  BackendResult (*make)();
  /// Why the build left it out; empty where it did not.
  std::string_view left_out_because;
};

/// Every backend, in the order of backends/CMakeLists.txt. Written out by CMake.
std::span<const BackendEntry> AllBackends();

/// A new backend for the calling thread, or why there is none: an unknown id (with the id that may
/// have been meant), left out of the build, or unavailable on this machine. Thread-safe.
BackendResult MakeBackend(std::string_view id);

/// The same among `entries` instead of AllBackends().
BackendResult MakeBackend(std::span<const BackendEntry> entries, std::string_view id);

/// A new backend for the calling thread, whichever there is: the built-in one, which is the
/// quickest to make, before all others. Where SIGVET_KERNEL is wrong, that is an error and no
/// reason to take another. Thread-safe.
BackendResult MakeAnyBackend();

}  // namespace sigvet
