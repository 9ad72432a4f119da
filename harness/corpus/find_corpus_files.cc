#include <algorithm>
#include <filesystem>
#include <system_error>

#include "harness/corpus/data_folder.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

Error CannotRead(const std::string& path, const std::error_code& error) {
  return {"can't be read: " + error.message(), {path}};
}

Error NothingIn(const std::string& folder, bool has_yml) {
  return {"no .yaml file in this folder", {folder}, has_yml ? "rename .yml files to .yaml" : ""};
}

/// Of a path that is not there and looks like one of the built-in cases' own: where their files
/// are.
std::string BuiltInFilesHint(const std::string& path) {
  constexpr char kVectors[] = "vectors";
  const fs::path wanted = fs::path(path).lexically_normal();
  if (wanted.begin() == wanted.end() || *wanted.begin() != kVectors) return {};
  const auto folder = FindDataFolder(kVectors, [](const std::string& found) {
    std::error_code error;
    return fs::is_directory(fs::path(found) / "ses", error);
  });
  if (!folder) return {};
  const fs::path found = fs::path(*folder).parent_path() / wanted;
  std::error_code error;
  if (!fs::exists(found, error)) return {};
  return "the built-in cases are in " + found.string();
}

/// The `.yaml` files under `folder`, sorted. Folders that are symbolic links are left out: they may
/// lead in a circle.
Result<std::vector<CorpusSource>> FindInFolder(const std::string& folder) {
  std::vector<CorpusSource> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  bool has_yml = false;
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;  // a link that leads nowhere is reported when it is read
    if (entry->is_directory(ignored)) continue;
    const fs::path extension = entry->path().extension();
    has_yml = has_yml || extension == ".yml";
    if (extension == ".yaml") found.push_back({entry->path().string(), {}});
  }
  if (error) return CannotRead(folder, error);
  if (found.empty()) return NothingIn(folder, has_yml);
  std::ranges::sort(found, {}, &CorpusSource::name);
  return found;
}

}  // namespace

FoundFiles FindCorpusFiles(std::span<const std::string> paths) {
  FoundFiles all;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
      if (!error) error = std::make_error_code(std::errc::no_such_file_or_directory);
      all.errors.push_back(CannotRead(path, error));
      all.errors.back().hint = BuiltInFilesHint(path);
    } else if (!fs::is_directory(status)) {
      all.sources.push_back({path, {}});
    } else if (Result<std::vector<CorpusSource>> found = FindInFolder(path)) {
      std::ranges::move(*found, std::back_inserter(all.sources));
    } else {
      all.errors.push_back(found.error());
    }
  }
  return all;
}

}  // namespace sigvet
