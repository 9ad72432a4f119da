#include "harness/port/build_stamp.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "backends/builtin/builtin_backend.h"
#include "base/hex.h"
#include "harness/corpus/read_file.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

constexpr char kStampName[] = ".sigvet-build";
constexpr std::size_t kMaxEntries = 10 * kMaxPortFiles;
constexpr char kFilesHint[] = "what a build writes belongs in {build}, not in the port's folder";

std::string Sha256Hex(std::string_view text) {
  return ToHex(MakeBuiltinBackend().value()->Sha256(AsBytes(text)));
}

/// Texts, joined so that no two lists of texts give the same.
class KeyText {
 public:
  void Add(std::string_view text) {
    text_ += std::to_string(text.size());
    text_ += ':';
    text_ += text;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

Error CantRead(const fs::path& path, const std::error_code& error) {
  return {"can't be read: " + error.message(), {path.string()}};
}

/// The regular files below `folder`, sorted.
Result<std::vector<fs::path>> FilesOf(const fs::path& folder) {
  std::vector<fs::path> files;
  std::size_t entries = 0;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const bool hidden = entry->path().filename().string().starts_with('.');
    const fs::file_status status = entry->symlink_status(error);
    if (error) break;
    if (hidden && fs::is_directory(status)) entry.disable_recursion_pending();
    if (!hidden && fs::is_regular_file(status)) files.push_back(entry->path());
    if (files.size() > kMaxPortFiles || ++entries > kMaxEntries) {
      return Error{"more than " + std::to_string(kMaxPortFiles) + " files in the port's folder",
                   {folder.string()},
                   kFilesHint};
    }
  }
  if (error) return CantRead(folder, error);
  std::ranges::sort(files);
  return files;
}

}  // namespace

Result<std::string> BuildKey(const PortManifest& manifest, std::string_view toolchain_version) {
  KeyText key;
  key.Add("sigvet build 1");
  key.Add(toolchain_version);
  for (const std::string& argument : manifest.build_command) key.Add(argument);
  Result<std::vector<fs::path>> files = FilesOf(manifest.folder);
  if (!files) return files.error();
  // The manifest counts even where it is a hidden file.
  files->insert(files->begin(), manifest.file);
  std::size_t bytes = 0;
  for (const fs::path& file : *files) {
    const Result<std::string> text = ReadRegularFile(file.string(), kMaxPortBytes);
    if (!text) return text.error();
    bytes += text->size();
    if (bytes > kMaxPortBytes) {
      return Error{"more than 64 MiB in the port's folder", {manifest.folder}, kFilesHint};
    }
    key.Add(&file == &files->front() ? ""
                                     : fs::path(file).lexically_relative(manifest.folder).string());
    key.Add(Sha256Hex(*text));
  }
  return Sha256Hex(key.text());
}

std::string ReadBuildStamp(const std::string& folder) {
  constexpr std::size_t kMaxStampBytes = std::size_t{1} << 20;
  const Result<std::string> text =
      ReadRegularFile((fs::path(folder) / kStampName).string(), kMaxStampBytes);
  return text ? *text : "";
}

bool WriteBuildStamp(const std::string& folder, const std::string& key) {
  const fs::path stamp = fs::path(folder) / kStampName;
  const fs::path unfinished = stamp.string() + ".new";
  std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
  file << key;
  file.close();
  std::error_code error;
  if (file) fs::rename(unfinished, stamp, error);
  return file && !error;
}

std::string ShortDigest(std::string_view text) {
  constexpr std::size_t kDigits = 16;
  return Sha256Hex(text).substr(0, kDigits);
}

}  // namespace sigvet
