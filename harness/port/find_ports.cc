#include "harness/port/find_ports.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/suggest.h"
#include "base/utf8.h"
#include "harness/corpus/data_folder.h"
#include "harness/port/port_manifest.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

constexpr char kSamples[] = "samples";

bool HasManifest(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / kManifestFileName, error);
}

/// The port.yaml of every folder in `folder`, in no order; none where that can't be read.
std::vector<std::string> ManifestsIn(const fs::path& folder, std::error_code& error) {
  std::vector<std::string> files;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (HasManifest(entry->path())) files.push_back((entry->path() / kManifestFileName).string());
  }
  return files;
}

bool HasPorts(const std::string& folder) {
  std::error_code error;
  return !ManifestsIn(folder, error).empty();
}

/// The name of the folder that a port.yaml is in.
std::string FolderNameOf(const std::string& file) {
  return fs::path(file).parent_path().filename().string();
}

/// That `folder`, which is one, is none of a port.
Error NoManifest(const std::string& folder) {
  return {"no port.yaml in this folder",
          {folder},
          HasPorts(folder) ? "for all ports in it: --ports" : ""};
}

Result<std::string> FindById(const std::string& id) {
  const Result<std::string> folder = PortsFolder();
  if (!folder) {
    Error error = folder.error();
    error.message = "unknown port \"" + Visible(id) + "\": " + error.message;
    return error;
  }
  std::error_code error;
  std::vector<std::string> files = ManifestsIn(*folder, error);
  std::vector<std::string> samples = ManifestsIn(fs::path(*folder) / kSamples, error);
  std::ranges::move(samples, std::back_inserter(files));
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const std::string& file : files) names.push_back(FolderNameOf(file));
  const auto found = std::ranges::find(names, id);
  if (found != names.end()) return files[static_cast<std::size_t>(found - names.begin())];
  std::ranges::sort(names);
  std::string hint = DidYouMean(id, std::vector<std::string_view>(names.begin(), names.end()));
  if (hint.empty()) {
    hint =
        "sigvet list ports shows those that there are; a path has a slash in it: ./" + Visible(id);
  }
  return Error{"unknown port \"" + Visible(id) + "\"", {}, std::move(hint)};
}

}  // namespace

Result<std::string> PortsFolder(const std::string& program) {
  if (const auto folder = FindDataFolder("ports", HasPorts, program)) return *folder;
  return Error{"the ports that come with sigvet can't be found",
               {},
               "name the folder of a port, or start sigvet where the folder ports/ is"};
}

Result<std::vector<std::string>> FindPorts(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files = ManifestsIn(folder, error);
  if (error) return Error{"can't be read: " + error.message(), {folder}};
  if (files.empty()) {
    return Error{"no ports here",
                 {folder},
                 HasManifest(folder) ? "this is the folder of one port: give it with --port"
                                     : "a port is a folder with a port.yaml in it"};
  }
  std::ranges::sort(files, {}, FolderNameOf);
  return files;
}

Result<std::string> FindPort(const std::string& id_or_path) {
  std::error_code error;
  const fs::file_status status = fs::status(id_or_path, error);
  if (fs::is_directory(status) && HasManifest(id_or_path)) {
    return (fs::path(id_or_path) / kManifestFileName).string();
  }
  if (fs::exists(status) && !fs::is_directory(status)) {
    if (id_or_path.ends_with(".yaml") || id_or_path.ends_with(".yml")) return id_or_path;
    return Error{"not a port.yaml",
                 {id_or_path},
                 "a program alone: sigvet check-port -- ... " + Visible(id_or_path)};
  }
  if (id_or_path.find('/') == std::string::npos) {
    Result<std::string> found = FindById(id_or_path);
    if (found || !fs::is_directory(status)) return found;
  }
  if (fs::is_directory(status)) return NoManifest(id_or_path);
  return Error{"no such file or folder", {id_or_path}};
}

}  // namespace sigvet
