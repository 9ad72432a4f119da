#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "harness/corpus/case.h"
#include "harness/corpus/operation.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// A port.yaml: what a port is and how it is built, started and asked. docs/port-protocol.md has
/// the format.
struct PortManifest {
  enum class Mode : std::uint8_t {
    kJsonl,  ///< one process for the whole run, which answers cases line by line
    kExec,   ///< one process a case: its standard output is the answer
  };
  /// How the secret of a case reaches an exec port.
  enum class SecretBy : std::uint8_t { kStdin, kEnvironment, kArgument };

  /// A program that must be there.
  struct Need {
    std::string program;
    /// The Debian package that has it; empty where none does.
    std::string package = {};
    /// Where else to get it; only where there is no package.
    std::string note = {};
    Place place = {};
  };
  struct Limits {
    std::chrono::milliseconds start{10'000};
    std::chrono::milliseconds answer{2'000};
    std::chrono::milliseconds build{300'000};
  };
  /// Cases that the port is known to fail, with a part of the reason.
  struct KnownFailure {
    std::string case_pattern;
    std::string reason;
    Place place = {};
  };

  /// The file, as it was named. Empty for a port that has none.
  std::string file = {};
  /// The absolute path of the folder that it is in: where the port is built and runs.
  std::string folder = {};
  std::string id = {};
  std::string language = {};
  Mode mode = Mode::kJsonl;
  std::vector<const OperationSpec*> operations = {};
  std::vector<Need> needs = {};
  /// A command whose first line of output is the toolchain's version; may be empty.
  std::vector<std::string> version_command = {};
  /// May be empty: then there is nothing to build. `{build}` in an argument of this or `start`
  /// stands for the folder that a build writes to.
  std::vector<std::string> build_command = {};
  std::vector<std::string> start_command = {};
  std::vector<std::pair<std::string, std::string>> environment = {};
  /// Names of variables of the caller that the port gets too.
  std::vector<std::string> passed_environment = {};
  Limits limits = {};
  std::vector<KnownFailure> known_failures = {};

  /// The values of the input `version` that the port does; empty where all.
  std::vector<std::int64_t> versions = {};

  // Only of exec ports.
  SecretBy secret_by = SecretBy::kStdin;
  /// The variable's name where `secret_by` is kEnvironment.
  std::string secret_variable = {};
  /// One trailing line break of the output is not part of the answer.
  bool strip_newline = false;
  /// The exit code that means "refused".
  std::optional<int> refusal_exit_code = std::nullopt;

  bool Does(const OperationSpec* operation) const;
};

/// What a case gets that the port's manifest says beforehand that it does not do, be it its
/// operation or its version; nullopt where it is to be asked.
std::optional<Answer> AnswerWithoutAsking(const PortManifest& manifest, const Case& c);

/// Whether an exec port can do `operation`: it has a secret, and all of its other inputs can be
/// arguments of a process.
bool FitsExec(const OperationSpec& operation);

/// The names of those that it can do.
std::vector<std::string_view> ExecOperations();

inline constexpr char kManifestFileName[] = "port.yaml";

/// The largest port.yaml, in bytes.
inline constexpr std::size_t kMaxManifestBytes = std::size_t{1} << 20;

/// A manifest and what is wrong with it; where that is anything, the manifest is not to be used.
struct ManifestResult {
  PortManifest manifest;
  std::vector<Error> errors;
};

/// Reads `path`, a port.yaml or the folder that has one. All errors are collected.
ManifestResult ReadPortManifest(const std::string& path);

/// The same from a text; `folder` is not looked at.
ManifestResult ParsePortManifest(const std::string& file, std::string_view text);

}  // namespace sigvet
