#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"

namespace sigvet {

/// Something that is timed: a library in one form. A form is a Backend like any other, so that
/// every workload runs on every form.
struct Contender {
  /// As on the command line and in reports: "openssl" is the backend, the library at its best
  /// public form; "openssl-naive" the form that people write; "openssl-transform" one that is built
  /// by hand on the library's compression function; "builtin-sha-ni" the built-in backend on one
  /// kernel.
  std::string id;
  /// The backend that it is a form of: "openssl".
  std::string backend;
  /// What it does, in one line: "EVP_MAC, fetched once, its context used again".
  std::string description;
  /// Whether it is timed unless somebody chooses: every backend's best form, and what people write.
  bool by_default = false;
  /// Makes it for the calling thread, or says why this machine has none. Thread-safe.
  std::function<BackendResult()> make;
};

/// Every form that this build has, those of a backend next to each other, its best form first: the
/// registry's backends, the forms of bench/forms/, and the built-in backend's kernels that this
/// machine supports.
std::span<const Contender> AllContenders();

/// Those that are timed unless somebody chooses.
std::vector<const Contender*> DefaultContenders();

/// The contender of that id; the error says which may have been meant, or what this machine lacks
/// for that kernel.
Result<const Contender*> FindContender(std::string_view id);

}  // namespace sigvet
