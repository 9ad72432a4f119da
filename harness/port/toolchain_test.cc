#include "harness/port/toolchain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sigvet {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

/// A variable that is as it was when the test ends.
class ScopedVariable {
 public:
  ScopedVariable(std::string name, const std::optional<std::string>& value)
      : name_(std::move(name)) {
    if (const char* const before = getenv(name_.c_str())) before_ = before;
    Set(value);
  }
  ~ScopedVariable() { Set(before_); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  void Set(const std::optional<std::string>& value) const {
    if (value) {
      setenv(name_.c_str(), value->c_str(), 1);
    } else {
      unsetenv(name_.c_str());
    }
  }

  std::string name_;
  std::optional<std::string> before_;
};

TEST(PortEnvironment, HasNothingOfTheCallersButWhatIsNamed) {
  const ScopedVariable path("PATH", "/bin");
  const ScopedVariable home("HOME", "/home-of-test");
  const ScopedVariable tmp("TMPDIR", std::nullopt);
  const ScopedVariable cache("XDG_CACHE_HOME", "");
  const ScopedVariable locale("LC_ALL", "de_DE");
  const ScopedVariable secret("AWS_SECRET_ACCESS_KEY", "real");
  const ScopedVariable other("SIGVET_TEST_OTHER", "x");
  PortManifest manifest;
  EXPECT_THAT(PortEnvironment(manifest),
              UnorderedElementsAre("PATH=/bin", "HOME=/home-of-test",
                                   "XDG_CACHE_HOME=", "LC_ALL=C.UTF-8", "TZ=UTC"));

  manifest.passed_environment = {"SIGVET_TEST_OTHER", "SIGVET_TEST_UNSET", "AWS_SECRET_ACCESS_KEY"};
  manifest.environment = {{"TZ", "CET"}, {"A", "b=c"}, {"PATH", "/usr/bin"}};
  EXPECT_THAT(PortEnvironment(manifest),
              UnorderedElementsAre("PATH=/usr/bin", "HOME=/home-of-test", "XDG_CACHE_HOME=",
                                   "LC_ALL=C.UTF-8", "TZ=CET", "SIGVET_TEST_OTHER=x", "A=b=c"));
}

TEST(MissingToolchain, SaysWhatToInstall) {
  PortManifest manifest;
  manifest.folder = "/";
  EXPECT_EQ(MissingToolchain(manifest), "");
  manifest.needs = {{.program = "sh", .package = "dash"}};
  EXPECT_EQ(MissingToolchain(manifest), "");
  manifest.needs.push_back({.program = "no-such-a", .package = "package-a"});
  EXPECT_EQ(MissingToolchain(manifest), "needs no-such-a (Debian: apt-get install package-a)");
  manifest.needs.push_back({.program = "no-such-b", .note = "Not in Debian"});
  manifest.needs.push_back({.program = "no-such-c", .package = "package-c"});
  manifest.needs.push_back({.program = "no-such-d", .package = "package-a"});
  EXPECT_EQ(MissingToolchain(manifest),
            "needs no-such-a, no-such-c, no-such-d (Debian: apt-get install package-a package-c), "
            "no-such-b (Not in Debian)");
  manifest.needs = {{.program = "no-such-b", .note = "Not in Debian"}};
  EXPECT_EQ(MissingToolchain(manifest), "needs no-such-b (Not in Debian)");
}

TEST(MissingToolchain, LooksInThePath) {
  std::string folder = ::testing::TempDir() + "sigvet-toolchain-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const fs::path program = fs::path(folder) / "sigvet-test-program";
  std::ofstream(program) << "#!/bin/sh\n";
  PortManifest manifest;
  manifest.folder = "/";
  manifest.needs = {{.program = "sigvet-test-program", .package = "p"}};
  const ScopedVariable path("PATH", "/nothing:" + folder);
  EXPECT_NE(MissingToolchain(manifest), "") << "it is not executable";
  fs::permissions(program, fs::perms::owner_all);
  EXPECT_EQ(MissingToolchain(manifest), "");
  fs::remove_all(folder);
}

PortManifest WithVersion(std::vector<std::string> command) {
  PortManifest manifest;
  manifest.folder = "/";
  manifest.version_command = std::move(command);
  return manifest;
}

TEST(ToolchainVersion, IsTheFirstLine) {
  const std::vector<PortManifest> manifests = {
      WithVersion({"sh", "-c", "printf '\\n  a 1.0 \\r\\nmore\\n'; echo b >&2"}),
      WithVersion({"sh", "-c", "echo 'openjdk 17' >&2; echo more >&2"}),
      WithVersion({"sh", "-c", "echo '\033[1mbold\033[0m'"}),
      WithVersion({}),
      WithVersion({"sh", "-c", "echo 1.0; exit 1"}),
      WithVersion({"no-such-program"}),
      WithVersion({"true"}),
      WithVersion({"sh", "-c", "head -c 100000 /dev/zero | tr '\\0' x"})};
  EXPECT_THAT(ToolchainVersions(manifests),
              ElementsAre("a 1.0", "openjdk 17", "\\x1b[1mbold\\x1b[0m", "", "", "", "",
                          std::string(200, 'x')));
  EXPECT_EQ(ToolchainVersion(manifests[1]), "openjdk 17");
}

TEST(ToolchainVersion, ManyNeedFewDescriptors) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  // Each that runs takes three.
  const rlimit few = {std::min<rlim_t>(before.rlim_cur, 128), before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  const std::vector<PortManifest> manifests(60, WithVersion({"sh", "-c", "echo 1.0"}));
  EXPECT_EQ(ToolchainVersions(manifests), std::vector<std::string>(60, "1.0"));
  setrlimit(RLIMIT_NOFILE, &before);
}

TEST(ToolchainVersion, RunsInThePortsEnvironment) {
  const ScopedVariable secret("AWS_SECRET_ACCESS_KEY", "real");
  PortManifest manifest =
      WithVersion({"sh", "-c", "echo \"$TZ $MINE $AWS_SECRET_ACCESS_KEY. $(pwd)\""});
  manifest.environment = {{"MINE", "yes"}};
  EXPECT_EQ(ToolchainVersion(manifest), "UTC yes . /");
}

}  // namespace
}  // namespace sigvet
