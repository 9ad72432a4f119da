#include "harness/port/prepare_port.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/file.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "harness/port/build_stamp.h"
#include "harness/port/descriptor.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A port that is built by a script, and a cache, in a folder that goes with the test.
class PreparePortTest : public ::testing::Test {
 protected:
  PreparePortTest() {
    std::string pattern = ::testing::TempDir() + "sigvet-prepare-XXXXXX";
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = fs::canonical(pattern);
    setenv("XDG_CACHE_HOME", (folder_ / "cache").c_str(), 1);
    fs::create_directories(folder_ / "port" / "source");
    Write("port.yaml", "first");
    Write("source/a", "a");
  }
  ~PreparePortTest() override {
    unsetenv("XDG_CACHE_HOME");
    fs::remove_all(folder_);
  }

  void Write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / "port" / name, std::ios::binary) << text;
  }

  /// Each build adds a line to the file `log` beside the port.
  PortManifest Manifest(const std::string& script = "true") const {
    PortManifest manifest;
    manifest.id = "test";
    manifest.folder = (folder_ / "port").string();
    manifest.file = (folder_ / "port" / "port.yaml").string();
    manifest.build_command = {"sh", "-c", "echo built >>../log; " + script, "sh", "{build}"};
    return manifest;
  }

  std::size_t Builds() const {
    const std::string log = ReadAll(folder_ / "log");
    return static_cast<std::size_t>(std::ranges::count(log, '\n'));
  }

  /// The folder of the build, or the error in words.
  static std::string Build(const PortManifest& manifest,
                           const std::atomic<bool>* interrupted = nullptr) {
    const Result<Port> port = BuildPort(manifest, interrupted);
    return port ? port->build_folder : ToString(port.error());
  }

  fs::path folder_;
};

TEST_F(PreparePortTest, BuildsOnce) {
  const PortManifest manifest = Manifest("cp source/a \"$1/made\"");
  const Result<std::string> folder = BuildFolder(manifest);
  ASSERT_TRUE(folder.ok());
  EXPECT_THAT(*folder, StartsWith((folder_ / "cache/sigvet/ports/test-").string()));
  EXPECT_FALSE(IsBuilt(manifest, *folder));
  EXPECT_EQ(Build(manifest), *folder);
  EXPECT_TRUE(IsBuilt(manifest, *folder));
  EXPECT_EQ(ReadAll(fs::path(*folder) / "made"), "a");
  EXPECT_EQ(Build(manifest), *folder);
  EXPECT_EQ(Builds(), 1U);
}

TEST_F(PreparePortTest, BuildsAnewWhenWhatItIsMadeOfChanges) {
  PortManifest manifest = Manifest("touch \"$1/$2\"");
  manifest.build_command.push_back("one");
  const std::string folder = Build(manifest);
  std::size_t builds = 1;
  const auto is_built_anew = [&] {
    EXPECT_FALSE(IsBuilt(manifest, folder));
    EXPECT_EQ(Build(manifest), folder);
    return Builds() == ++builds;
  };
  Write("source/a", "b");
  EXPECT_TRUE(is_built_anew());
  Write("port.yaml", "second");
  EXPECT_TRUE(is_built_anew());
  Write("source/b", "");
  EXPECT_TRUE(is_built_anew());
  fs::rename(folder_ / "port/source/b", folder_ / "port/source/c");
  EXPECT_TRUE(is_built_anew());
  manifest.version_command = {"echo", "2.0"};
  EXPECT_TRUE(is_built_anew());
  manifest.build_command.back() = "two";
  EXPECT_TRUE(is_built_anew());
  EXPECT_TRUE(fs::exists(fs::path(folder) / "two"));
  EXPECT_FALSE(fs::exists(fs::path(folder) / "one")) << "the folder was not emptied";
  fs::remove_all(folder);
  EXPECT_TRUE(is_built_anew());
}

TEST_F(PreparePortTest, HiddenFilesAndLinksDoNotCount) {
  const PortManifest manifest = Manifest();
  Build(manifest);
  Write(".hidden", "x");
  fs::create_directories(folder_ / "port/.git/x");
  Write(".git/x/y", "x");
  std::ofstream(folder_ / "elsewhere") << "x";
  fs::create_symlink(folder_ / "elsewhere", folder_ / "port/link");
  fs::create_symlink(folder_, folder_ / "port/linked-folder");
  Build(manifest);
  EXPECT_EQ(Builds(), 1U);
}

TEST_F(PreparePortTest, TakesTheVersionThatIsKnown) {
  PortManifest manifest = Manifest();
  manifest.version_command = {"echo", "1.0"};
  const std::string folder = Build(manifest);
  EXPECT_TRUE(IsBuilt(manifest, folder, "1.0"));
  EXPECT_FALSE(IsBuilt(manifest, folder, "1.1"));
  EXPECT_TRUE(BuildPort(manifest, nullptr, "1.0").ok());
  EXPECT_EQ(Builds(), 1U);
}

TEST_F(PreparePortTest, APortWithoutABuildIsReady) {
  PortManifest manifest = Manifest();
  manifest.build_command.clear();
  EXPECT_EQ(Build(manifest), "");
  EXPECT_TRUE(IsBuilt(manifest, "/nothing"));
  EXPECT_FALSE(fs::exists(folder_ / "cache"));
}

TEST_F(PreparePortTest, RunsInThePortsFolderWithThePortsEnvironment) {
  setenv("AWS_SECRET_ACCESS_KEY", "real", 1);
  PortManifest manifest = Manifest("echo \"$(pwd) $TZ $MINE$AWS_SECRET_ACCESS_KEY\" >\"$1/out\"");
  manifest.environment = {{"MINE", "m"}};
  const std::string folder = Build(manifest);
  unsetenv("AWS_SECRET_ACCESS_KEY");
  EXPECT_EQ(ReadAll(fs::path(folder) / "out"), manifest.folder + " UTC m\n");
}

TEST_F(PreparePortTest, AFailedBuildShowsTheEndOfItsOutput) {
  const PortManifest manifest = Manifest(
      "echo one; for i in 1 2 3 4 5 6 7 8; do echo \"line $i\"; done; echo; echo bad >&2; exit 3");
  EXPECT_EQ(Build(manifest),
            manifest.file +
                ": can't be built: sh: exit code 3 (one | line 1 | line 2 | line 3 | line 4 | "
                "line 5 | line 6 | line 7 | line 8 | bad)");
  EXPECT_FALSE(IsBuilt(manifest, *BuildFolder(manifest)));
  Build(manifest);
  EXPECT_EQ(Builds(), 2U) << "a failed build was not tried again";

  PortManifest no_program = Manifest();
  no_program.build_command = {"no-such-program"};
  EXPECT_THAT(Build(no_program), StartsWith(manifest.file + ": can't be built: "));
  EXPECT_THAT(Build(no_program), HasSubstr("no-such-program"));
}

TEST_F(PreparePortTest, ABuildThatTakesTooLongIsEnded) {
  PortManifest manifest = Manifest("sleep 1000");
  manifest.limits.build = std::chrono::milliseconds(50);
  EXPECT_EQ(Build(manifest), manifest.file +
                                 ": can't be built: sh took longer than 50 ms (limits: {build_ms: "
                                 "N} gives it more)");
}

TEST_F(PreparePortTest, IsInterrupted) {
  const PortManifest manifest = Manifest("touch ../started; sleep 1000");
  std::atomic<bool> interrupted = false;
  std::jthread user([&] {
    while (!fs::exists(folder_ / "started")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    interrupted = true;
  });
  EXPECT_EQ(Build(manifest, &interrupted), manifest.file + ": the build was interrupted");
}

TEST_F(PreparePortTest, WaitsForAnotherProgramThatBuildsIt) {
  const PortManifest manifest = Manifest();
  const Result<std::string> folder = BuildFolder(manifest);
  ASSERT_TRUE(folder.ok());
  fs::create_directories(fs::path(*folder).parent_path());
  Descriptor other;
  other.Reset(open((*folder + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  ASSERT_EQ(flock(other.get(), LOCK_EX), 0);

  const std::atomic<bool> interrupted = true;
  EXPECT_EQ(Build(manifest, &interrupted), manifest.file + ": the build was interrupted");
  EXPECT_EQ(Builds(), 0U);

  // The other one has built the same meanwhile.
  std::jthread builder([&] {
    fs::create_directory(*folder);
    EXPECT_TRUE(WriteBuildStamp(*folder, *BuildKey(manifest, "")));
    other.Reset();
  });
  EXPECT_EQ(Build(manifest), *folder);
  EXPECT_EQ(Builds(), 0U);
}

TEST_F(PreparePortTest, EachFolderHasABuildOfItsOwn) {
  PortManifest manifest = Manifest();
  const std::string one = *BuildFolder(manifest);
  // 16 digits as sha256sum prints them.
  manifest.folder = "/ports/rust";
  EXPECT_THAT(*BuildFolder(manifest), EndsWith("/cache/sigvet/ports/test-a571531177e45dc5"));
  EXPECT_NE(*BuildFolder(manifest), one);
}

TEST_F(PreparePortTest, NeedsACacheFolder) {
  const std::string home = getenv("HOME") == nullptr ? "" : getenv("HOME");
  setenv("XDG_CACHE_HOME", "relative", 1);
  setenv("HOME", folder_.c_str(), 1);
  EXPECT_THAT(*BuildFolder(Manifest()), StartsWith((folder_ / ".cache/sigvet/ports/").string()));
  unsetenv("HOME");
  EXPECT_EQ(ToString(BuildFolder(Manifest()).error()),
            Manifest().file +
                ": can't be built: there is no folder to build in (set HOME or XDG_CACHE_HOME)");
  setenv("HOME", home.c_str(), 1);
  setenv("XDG_CACHE_HOME", (folder_ / "file").c_str(), 1);
  std::ofstream(folder_ / "file") << "";
  EXPECT_THAT(Build(Manifest()), HasSubstr("Not a directory"));
}

TEST_F(PreparePortTest, LimitsWhatIsInThePortsFolder) {
  const PortManifest manifest = Manifest();
  // port.yaml and source/a are there.
  for (std::size_t i = 2; i < kMaxPortFiles; ++i) Write("f" + std::to_string(i), "");
  EXPECT_EQ(Build(manifest), *BuildFolder(manifest));
  Write("one-more", "");
  EXPECT_EQ(Build(manifest), manifest.folder +
                                 ": more than 200 files in the port's folder (what a build writes "
                                 "belongs in {build}, not in the port's folder)");
  EXPECT_FALSE(IsBuilt(manifest, *BuildFolder(manifest)));
  fs::remove(folder_ / "port/one-more");
  fs::resize_file(folder_ / "port/source/a", kMaxPortBytes);
  EXPECT_THAT(Build(manifest), StartsWith(manifest.folder + ": more than 64 MiB"));
}

}  // namespace
}  // namespace sigvet
