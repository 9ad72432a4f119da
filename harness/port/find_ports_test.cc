#include "harness/port/find_ports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace sigvet {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

/// Works in a folder that goes with the test.
class FindPortsTest : public ::testing::Test {
 protected:
  FindPortsTest() : before_(fs::current_path()) {
    std::string pattern = ::testing::TempDir() + "sigvet-ports-XXXXXX";
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = fs::canonical(pattern);
    fs::current_path(folder_);
  }
  ~FindPortsTest() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  static void Touch(const fs::path& path) {
    if (path.has_parent_path()) fs::create_directories(path.parent_path());
    std::ofstream(path) << "";
  }

  /// The value, or the error in words.
  static std::string Say(const Result<std::string>& result) {
    return result ? *result : ToString(result.error());
  }

  fs::path before_;
  fs::path folder_;
};

TEST_F(FindPortsTest, PortsComeByName) {
  Touch("p/b/port.yaml");
  Touch("p/a/port.yaml");
  Touch("p/a-b/port.yaml");
  Touch("p/samples/c/port.yaml");
  Touch("p/file");
  fs::create_directories("p/d/port.yaml");  // a folder of that name
  const auto found = FindPorts("p");
  ASSERT_TRUE(found.ok());
  EXPECT_THAT(*found, ElementsAre("p/a/port.yaml", "p/a-b/port.yaml", "p/b/port.yaml"));
}

TEST_F(FindPortsTest, AFolderWithoutPortsIsAnError) {
  Touch("p/a/port.yaml");
  fs::create_directories("q");
  EXPECT_EQ(ToString(FindPorts("q").error()),
            "q: no ports here (a port is a folder with a port.yaml in it)");
  EXPECT_EQ(ToString(FindPorts("p/a").error()),
            "p/a: no ports here (this is the folder of one port: give it with --port)");
  EXPECT_EQ(ToString(FindPorts("r").error()), "r: can't be read: No such file or directory");
}

TEST_F(FindPortsTest, TheFolderIsHereOrBesideTheProgram) {
  Touch("source/build/release/sigvet");
  Touch("prefix/bin/sigvet");
  const auto is_not_found = [&](const std::string& program) {
    return Say(PortsFolder(program)) ==
           "the ports that come with sigvet can't be found (name the folder of a port, or start "
           "sigvet where the folder ports/ is)";
  };
  EXPECT_TRUE(is_not_found("source/build/release/sigvet"));
  EXPECT_TRUE(is_not_found("prefix/bin/sigvet"));
  EXPECT_TRUE(is_not_found("nothing"));

  Touch("source/ports/a/port.yaml");
  Touch("prefix/share/sigvet/ports/a/port.yaml");
  EXPECT_EQ(Say(PortsFolder("source/build/release/sigvet")), (folder_ / "source/ports").string());
  EXPECT_EQ(Say(PortsFolder("prefix/bin/sigvet")),
            (folder_ / "prefix/share/sigvet/ports").string());

  Touch("ports/README.md");  // no ports
  EXPECT_EQ(Say(PortsFolder("source/build/release/sigvet")), (folder_ / "source/ports").string());
  Touch("ports/a/port.yaml");
  EXPECT_EQ(Say(PortsFolder("source/build/release/sigvet")), "ports");
}

TEST_F(FindPortsTest, FindsByIdAndByPath) {
  Touch("ports/python/port.yaml");
  Touch("ports/go/port.yaml");
  Touch("ports/samples/no-newline/port.yaml");
  Touch("mine/port.yaml");
  Touch("other.yaml");
  fs::create_directories("go");  // without a port.yaml: does not hide the port of that name
  EXPECT_EQ(Say(FindPort("python")), "ports/python/port.yaml");
  EXPECT_EQ(Say(FindPort("go")), "ports/go/port.yaml");
  EXPECT_EQ(Say(FindPort("no-newline")), "ports/samples/no-newline/port.yaml");
  EXPECT_EQ(Say(FindPort("mine")), "mine/port.yaml");
  EXPECT_EQ(Say(FindPort("./mine")), "./mine/port.yaml");
  EXPECT_EQ(Say(FindPort("mine/port.yaml")), "mine/port.yaml");
  EXPECT_EQ(Say(FindPort("other.yaml")), "other.yaml");
}

TEST_F(FindPortsTest, SaysWhatMayHaveBeenMeant) {
  Touch("ports/python/port.yaml");
  fs::create_directories("empty");
  EXPECT_EQ(Say(FindPort("pyhton")), "unknown port \"pyhton\" (did you mean \"python\"?)");
  EXPECT_EQ(Say(FindPort("cobol")),
            "unknown port \"cobol\" (sigvet list ports shows those that there are; a path has a "
            "slash in it: ./cobol)");
  EXPECT_EQ(Say(FindPort("./python")), "./python: no such file or folder");
  EXPECT_EQ(Say(FindPort("./empty")), "./empty: no port.yaml in this folder");
  EXPECT_EQ(Say(FindPort("empty")), "empty: no port.yaml in this folder");
  Touch("my_port.py");
  EXPECT_EQ(Say(FindPort("my_port.py")),
            "my_port.py: not a port.yaml (a program alone: sigvet check-port -- ... my_port.py)");
  EXPECT_EQ(Say(FindPort("./ports")),
            "./ports: no port.yaml in this folder (for all ports in it: --ports)");
}

TEST_F(FindPortsTest, AnIdIsNamedWhereThereAreNoPorts) {
  if (PortsFolder().ok()) GTEST_SKIP() << "there are ports beside the test program";
  EXPECT_EQ(Say(FindPort("python")),
            "unknown port \"python\": the ports that come with sigvet can't be found (name the "
            "folder of a port, or start sigvet where the folder ports/ is)");
}

}  // namespace
}  // namespace sigvet
