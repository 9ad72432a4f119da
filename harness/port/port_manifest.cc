#include "harness/port/port_manifest.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

#include "harness/corpus/read_file.h"
#include "harness/port/manifest_parser.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

bool FitsArgument(const FieldSpec& input) {
  switch (input.type) {
    case ValueType::kText:
    case ValueType::kInteger:
    case ValueType::kBoolean:
    case ValueType::kChoice:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool PortManifest::Does(const OperationSpec* operation) const {
  return std::ranges::find(operations, operation) != operations.end();
}

std::optional<Answer> AnswerWithoutAsking(const PortManifest& manifest, const Case& c) {
  if (!manifest.Does(c.operation)) {
    return Answer{Answer::Kind::kUnsupported, {}, "does not do " + std::string(c.operation->name)};
  }
  if (manifest.versions.empty() || c.operation->versions.empty()) return std::nullopt;
  const std::int64_t version = c.Integer("version");
  if (std::ranges::count(manifest.versions, version) != 0) return std::nullopt;
  return Answer{Answer::Kind::kLeftOut, {}, "does not do version " + std::to_string(version)};
}

bool FitsExec(const OperationSpec& operation) {
  const auto is_secret = [](const FieldSpec& input) { return input.name == "secret"; };
  const auto fits = [&](const FieldSpec& input) { return is_secret(input) || FitsArgument(input); };
  return std::ranges::any_of(operation.inputs, is_secret) &&
         std::ranges::all_of(operation.inputs, fits);
}

std::vector<std::string_view> ExecOperations() {
  std::vector<std::string_view> names;
  for (const OperationSpec& operation : AllOperations()) {
    if (FitsExec(operation)) names.push_back(operation.name);
  }
  return names;
}

ManifestResult ReadPortManifest(const std::string& path) {
  std::error_code error;
  std::string file = path;
  if (fs::is_directory(path, error)) file = (fs::path(path) / kManifestFileName).string();
  const Result<std::string> text = ReadRegularFile(file, kMaxManifestBytes);
  if (!text) return {.manifest = {}, .errors = {text.error()}};
  ManifestResult result = ParsePortManifest(file, *text);
  const fs::path absolute = fs::canonical(file, error);
  if (error) {
    result.errors.push_back({"its folder can't be found: " + error.message(), {file}});
  }
  result.manifest.folder = absolute.parent_path().string();
  return result;
}

ManifestResult ParsePortManifest(const std::string& file, std::string_view text) {
  ManifestResult result;
  result.manifest.file = file;
  FileErrors errors(file);
  ParseManifest(text, result.manifest, errors);
  result.errors = errors.Take();
  return result;
}

}  // namespace sigvet
