#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "harness/port/port_manifest.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

/// Each `x.yaml` in it breaks a rule of port.yaml; `x.errors` has the errors that it must give, one
/// a line, as `line:column: message (hint)`.
constexpr char kFolder[] = SIGVET_BAD_PORTS_DIR;

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

TEST(BadPorts, EachHasItsExpectedErrors) {
  std::vector<fs::path> expectations = FilesWith(".yaml");
  EXPECT_GE(expectations.size(), 50U);
  for (fs::path& path : expectations) path.replace_extension(".errors");
  EXPECT_EQ(FilesWith(".errors"), expectations);
}

TEST(BadPorts, GiveExactlyTheExpectedErrors) {
  for (fs::path path : FilesWith(".yaml")) {
    std::string errors;
    for (Error error : ReadPortManifest(path.string()).errors) {
      EXPECT_EQ(error.place.file, path.string());
      error.place.file.clear();
      const std::string line = ToString(error);
      errors += line.substr(line.starts_with(':') ? 1 : 0) + "\n";
    }
    EXPECT_EQ(errors, ReadAll(fs::path(path).replace_extension(".errors"))) << path;
  }
}

}  // namespace
}  // namespace sigvet
