#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/corpus/value_parser.h"
#include "harness/port/port_manifest.h"

// The values of a port.yaml. Each function adds what is wrong to `errors` and leaves it out of what
// it gives.

namespace sigvet {

/// The most items of any list in a port.yaml but `known_failures`.
inline constexpr std::size_t kMaxManifestItems = 100;
/// The most known failures of a port.
inline constexpr std::size_t kMaxPortKnownFailures = 1000;

/// Whether `node` is a list of at least one and at most `most` items.
bool CheckManifestList(std::size_t most, const YamlNode& node, FileErrors& errors);

/// An argument and where it stands.
struct ManifestArgument {
  std::string text;
  TextPlace place;
};

/// A command: its program, and arguments that may be empty.
std::vector<ManifestArgument> TakeCommand(YamlNode& node, FileErrors& errors);

/// The programs that must be there.
std::vector<PortManifest::Need> TakeNeeds(const std::string& file, YamlNode& node,
                                          FileErrors& errors);

/// Adds an error where `name` is no name of a variable.
bool CheckVariableName(std::string_view name, TextPlace place, FileErrors& errors);

/// Variables and their values.
std::vector<std::pair<std::string, std::string>> TakeEnvironment(YamlNode& node,
                                                                 FileErrors& errors);

/// Names of variables, none of which is one of `set`.
std::vector<std::string> TakePassedEnvironment(
    std::span<const std::pair<std::string, std::string>> set, YamlNode& node, FileErrors& errors);

/// Those that the file leaves out are as they are by default.
PortManifest::Limits TakeLimits(YamlNode& node, FileErrors& errors);

/// Patterns of cases with their reasons.
std::vector<PortManifest::KnownFailure> TakeKnownFailures(const std::string& file, YamlNode& node,
                                                          FileErrors& errors);

}  // namespace sigvet
