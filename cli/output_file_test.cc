#include "cli/output_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

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
