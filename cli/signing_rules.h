#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "signing/canonical_path.h"

namespace sigvet {

/// The rules of a service that options may change.
struct SigningRules {
  std::string uri_encode;
  std::optional<bool> normalize;
  bool unsigned_session_token = false;
};

/// Adds `--uri-encode`, `--normalize` and `--no-normalize`, and `--unsigned-session-token`.
void AddSigningRules(CLI::App& command, SigningRules& rules);

/// The rules of the canonical path: those of the service but for what the options say.
CanonicalPathOptions PathRules(std::string_view service, const SigningRules& rules);

}  // namespace sigvet
