#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "harness/corpus/parse_test_helper.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

/// Each `x.yaml` in it breaks a rule; `x.errors` has the errors that it must give, one a line, as
/// `line:column: message (hint)`.
constexpr char kFolder[] = SIGVET_CORPORA_DIR "/bad";

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> FilesWith(std::string_view extension) {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == extension) paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

TEST(BadCorpora, EachHasItsExpectedErrors) {
  const std::vector<fs::path> corpora = FilesWith(".yaml");
  EXPECT_GE(corpora.size(), 60U);
  std::vector<fs::path> expectations;
  expectations.reserve(corpora.size());
  for (fs::path corpus : corpora) expectations.push_back(corpus.replace_extension(".errors"));
  EXPECT_EQ(FilesWith(".errors"), expectations);
}

TEST(BadCorpora, GiveExactlyTheExpectedErrors) {
  for (fs::path path : FilesWith(".yaml")) {
    const CorpusSource source = {path.string(), {}};
    const LoadedCorpus loaded = LoadCorpus({&source, 1}, MakeTestBackend);
    EXPECT_FALSE(loaded.more_errors) << path;
    std::string errors;
    for (Error error : loaded.errors) {
      EXPECT_EQ(error.place.file, source.name);
      error.place.file.clear();
      // The errors of a file name that file where they point to another place in it.
      const std::size_t own_name = error.hint.find(source.name);
      if (own_name != std::string::npos) {
        error.hint.replace(own_name, source.name.size(), path.filename().string());
      }
      const std::string line = ToString(error);
      errors += line.substr(line.starts_with(':') ? 1 : 0) + "\n";
    }
    EXPECT_FALSE(loaded.errors.empty()) << path;
    EXPECT_TRUE(loaded.corpus.cases.empty()) << path;
    EXPECT_EQ(errors, ReadAll(path.replace_extension(".errors"))) << source.name;
  }
}

}  // namespace
}  // namespace sigvet
