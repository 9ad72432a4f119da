#include <algorithm>
#include <filesystem>
#include <iterator>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "harness/corpus/aws_sig_v4_suite.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

Error CannotRead(const std::string& path, const std::error_code& error) {
  return {"can't be read: " + error.message(), {path}};
}

/// The case folders of one suite, sorted.
Result<std::vector<CorpusSource>> FindInSuite(const std::string& folder) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  std::vector<CorpusSource> found;
  bool has_a_context = false;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;  // what can't be looked into is reported when it is read
    const fs::path& path = entry->path();
    if (!entry->is_directory(ignored) || path.filename().string().starts_with('.')) continue;
    if (fs::exists(path / "public-key.json", ignored)) {
      return Error{"a case of SigV4a, which sigvet does not do",
                   {path.string()},
                   "the SigV4 cases are in the suite's folder v4"};
    }
    has_a_context = has_a_context || fs::exists(path / "context.json", ignored);
    found.push_back({.name = (path / "request.txt").string(), .format = CorpusFormat::kAwsSigV4});
  }
  if (error) return CannotRead(folder, error);
  if (!has_a_context) {
    return Error{"no case folder in this folder",
                 {folder},
                 "give the folder that has get-vanilla and others in it"};
  }
  std::ranges::sort(found, {}, &CorpusSource::name);
  return found;
}

}  // namespace

FoundFiles FindAwsSigV4Cases(std::span<const std::string> folders) {
  FoundFiles all;
  for (const std::string& folder : folders) {
    if (Result<std::vector<CorpusSource>> found = FindInSuite(folder)) {
      std::ranges::move(*found, std::back_inserter(all.sources));
    } else {
      all.errors.push_back(found.error());
    }
  }
  return all;
}

}  // namespace sigvet
