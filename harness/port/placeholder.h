#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "harness/port/port_manifest.h"

namespace sigvet {

/// The names of the placeholders in an argument of a port.yaml: `{name}`, letters, digits and
/// underscores. All other braces, and `${name}`, stand for themselves.
std::vector<std::string_view> PlaceholdersIn(std::string_view argument);

/// `argument` with what `value_of` gives in place of each placeholder. What comes in is not looked
/// at again.
std::string FillPlaceholders(std::string_view argument,
                             const std::function<std::string_view(std::string_view)>& value_of);

/// What is wrong with the placeholder `name` where `known` may stand; no message where nothing is.
Error CheckPlaceholder(std::string_view name, std::span<const std::string_view> known);

/// The same in the command that starts the port of `manifest`: `{build}` may stand there where the
/// port has a file, and in mode exec `{op}`, the inputs of its operations, and `{secret}` where the
/// secret goes by the arguments.
Error CheckStartPlaceholder(std::string_view name, const PortManifest& manifest);

/// That the secret goes by the arguments of an exec port and none has `{secret}`; no message where
/// that is not so.
Error CheckSecretIsPlaced(const PortManifest& manifest);

}  // namespace sigvet
