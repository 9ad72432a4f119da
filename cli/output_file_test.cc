#include "cli/output_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace sigvet {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  std::string PathOf(const std::string& name) const { return (folder_ / name).string(); }

  static std::string Read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::size_t FileCount() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

 private:
  fs::path folder_ = fs::path(::testing::TempDir()) /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(OutputFileTest, TakesItsPlaceWhenItIsWhole) {
  const std::string path = PathOf("run.json");
  auto file = OutputFile::Open(path);
  ASSERT_TRUE(file.ok());
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(file->Commit("new").ok());
  EXPECT_EQ(Read(path), "new");
  EXPECT_EQ(FileCount(), 1U);
}

TEST_F(OutputFileTest, LeavesWhatWasThereWhenItIsNotWritten) {
  const std::string path = PathOf("run.json");
  std::ofstream(path) << "old";
  { ASSERT_TRUE(OutputFile::Open(path).ok()); }
  EXPECT_EQ(Read(path), "old");
  EXPECT_EQ(FileCount(), 1U);
}

TEST_F(OutputFileTest, ALinkStaysALink) {
  const std::string target = PathOf("target");
  const std::string link = PathOf("link");
  std::ofstream(target) << "old";
  fs::create_symlink(target, link);
  auto file = OutputFile::Open(link);
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->Commit("new").ok());
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(Read(target), "new");
}

TEST_F(OutputFileTest, ALinkToNothingYetStaysALink) {
  fs::create_directory(PathOf("below"));
  fs::create_symlink("below/second", PathOf("first"));
  fs::create_symlink("../target", PathOf("below/second"));
  auto file = OutputFile::Open(PathOf("first"));
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->Commit("new").ok());
  EXPECT_TRUE(fs::is_symlink(PathOf("first")));
  EXPECT_TRUE(fs::is_symlink(PathOf("below/second")));
  EXPECT_FALSE(fs::is_symlink(PathOf("target")));
  EXPECT_EQ(Read(PathOf("target")), "new");
}

TEST_F(OutputFileTest, ALoopOfLinksIsAnError) {
  fs::create_symlink("second", PathOf("first"));
  fs::create_symlink("first", PathOf("second"));
  const auto file = OutputFile::Open(PathOf("first"));
  ASSERT_FALSE(file.ok());
  EXPECT_NE(file.error().message.find("Too many levels of symbolic links"), std::string::npos);
  EXPECT_EQ(FileCount(), 2U);
}

TEST_F(OutputFileTest, WhatAKilledRunLeftBehindIsNotInTheWay) {
  const std::string path = PathOf("run.json");
  std::ofstream(path + ".part-" + std::to_string(getpid())) << "left behind";
  auto one = OutputFile::Open(path);
  auto other = OutputFile::Open(path);
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_EQ(FileCount(), 3U);
  ASSERT_TRUE(one->Commit("new").ok());
  EXPECT_EQ(Read(path), "new");
}

TEST_F(OutputFileTest, KeepsThePermissionsOfTheFileThatWasThere) {
  const std::string path = PathOf("run.json");
  std::ofstream(path) << "old";
  constexpr auto kOdd = fs::perms::owner_all | fs::perms::group_write | fs::perms::others_exec;
  fs::permissions(path, kOdd);
  auto file = OutputFile::Open(path);
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->Commit("new").ok());
  EXPECT_EQ(fs::status(path).permissions(), kOdd);
}

TEST_F(OutputFileTest, ANewFileGetsWhatTheUmaskLeaves) {
  const mode_t before = umask(026);
  auto file = OutputFile::Open(PathOf("run.json"));
  EXPECT_EQ(umask(before), 026U);
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->Commit("new").ok());
  EXPECT_EQ(static_cast<unsigned>(fs::status(PathOf("run.json")).permissions()), 0640U);
}

TEST_F(OutputFileTest, EverySpellingOfADestinationIsOnePath) {
  fs::create_directory(PathOf("below"));
  fs::create_symlink("run.json", PathOf("link"));
  const auto path_of = [&](const std::string& name) {
    return OutputFile::Open(PathOf(name))->path();
  };
  const std::string path = path_of("run.json");
  for (const char* name : {"./run.json", "below/../run.json", "link", ".//run.json"}) {
    EXPECT_EQ(path_of(name), path) << name;
  }
  EXPECT_NE(path_of("other.json"), path);
  EXPECT_EQ(OutputFile::Open("a.out")->path(), OutputFile::Open("./a.out")->path());
}

TEST_F(OutputFileTest, WritesToADeviceDirectly) {
  auto file = OutputFile::Open("/dev/null");
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(file->Commit("gone").ok());
  auto full = OutputFile::Open("/dev/full");
  ASSERT_TRUE(full.ok());
  EXPECT_EQ(full->Commit("gone").error().message, "can't write /dev/full: No space left on device");
}

TEST_F(OutputFileTest, ABadPathFailsBeforeTheWork) {
  const auto file = OutputFile::Open(PathOf("no-such-folder/run.json"));
  ASSERT_FALSE(file.ok());
  EXPECT_NE(file.error().message.find("No such file or directory"), std::string::npos);
  EXPECT_FALSE(OutputFile::Open(PathOf(".")).ok());
}

}  // namespace
}  // namespace sigvet
