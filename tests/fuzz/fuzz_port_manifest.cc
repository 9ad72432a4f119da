// Feeds arbitrary bytes to the parser of port.yaml: it must end, and give either errors with places
// inside of the text or a manifest that is whole.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "base/utf8.h"
#include "harness/port/manifest_values.h"
#include "harness/port/placeholder.h"
#include "harness/port/port_manifest.h"

namespace sigvet {
namespace {

using std::chrono::milliseconds;

void CheckCommand(const std::vector<std::string>& command) {
  Check(command.size() <= kMaxManifestItems, "a command of too many arguments");
  Check(command.empty() || !command.front().empty(), "a command without a program");
  for (const std::string& argument : command) {
    Check(argument.find('\0') == argument.npos, "an argument with a NUL");
    const std::string filled =
        FillPlaceholders(argument, [](std::string_view) -> std::string_view { return "{a}"; });
    Check(PlaceholdersIn(filled).size() == PlaceholdersIn(argument).size(),
          "a placeholder that is lost");
  }
}

void CheckExec(const PortManifest& manifest) {
  using SecretBy = PortManifest::SecretBy;
  for (const OperationSpec* const operation : manifest.operations) {
    Check(FitsExec(*operation), "an operation that an exec port can't do");
  }
  const bool by_variable = manifest.secret_by == SecretBy::kEnvironment;
  Check(by_variable != manifest.secret_variable.empty(), "a variable too many or few");
  const bool in_argument = std::ranges::any_of(manifest.start_command, [](const auto& argument) {
    const std::vector<std::string_view> names = PlaceholdersIn(argument);
    return std::ranges::find(names, "secret") != names.end();
  });
  Check(in_argument == (manifest.secret_by == SecretBy::kArgument), "a secret too many or few");
}

void CheckManifest(const PortManifest& manifest) {
  Check(!manifest.id.empty() && !manifest.language.empty(), "a port without a name");
  Check(!manifest.operations.empty() && !manifest.start_command.empty(),
        "a port that can do nothing");
  for (const OperationSpec* const operation : manifest.operations) {
    Check(std::ranges::count(manifest.operations, operation) == 1, "an operation twice");
  }
  for (const PortManifest::Need& need : manifest.needs) {
    Check(!need.program.empty() && need.package.empty() != need.note.empty(),
          "a need that says too much or little");
  }
  for (const auto& [name, value] : manifest.environment) {
    Check(!name.empty() && !name.starts_with("AWS_"), "a variable that ports must not have");
    Check(value.find('\0') == value.npos, "a value with a NUL");
  }
  for (const std::string& name : manifest.passed_environment) {
    Check(!name.empty() && !name.starts_with("AWS_"), "a variable that ports must not have");
  }
  const PortManifest::Limits& limits = manifest.limits;
  Check(std::min({limits.start, limits.answer, limits.build}) >= milliseconds(10), "too short");
  Check(std::max({limits.start, limits.answer, limits.build}) <= milliseconds(3'600'000),
        "too long");
  Check(manifest.known_failures.size() <= kMaxPortKnownFailures, "too many known failures");
  for (const PortManifest::KnownFailure& failure : manifest.known_failures) {
    Check(!failure.case_pattern.empty() && !failure.reason.empty(), "a known failure without one");
  }
  CheckCommand(manifest.version_command);
  CheckCommand(manifest.build_command);
  CheckCommand(manifest.start_command);
  if (manifest.mode == PortManifest::Mode::kExec) CheckExec(manifest);
}

void ParseBytes(std::string_view text) {
  const ManifestResult result = ParsePortManifest("fuzz.yaml", text);
  if (result.errors.empty()) CheckManifest(result.manifest);
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  for (const Error& error : result.errors) {
    Check(error.place.line <= lines && error.place.column <= text.size() + 1,
          "an error outside of the text");
    Check(IsUtf8(ToString(error)), "an error that is not UTF-8");
  }
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sigvet::ParseBytes(sigvet::AsText({data, size}));
  return 0;
}
