#include "harness/port/check_port.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sigvet {
namespace {

using State = PortCheckStep::State;

/// A base64-encode case of the bytes `text`.
Case MakeCase(std::string text) {
  Case c;
  c.id = "test/case";
  c.operation = FindOperation("base64-encode");
  c.inputs = {std::move(text)};
  return c;
}

Port ShellPort(std::string script) {
  Port port;
  port.manifest.id = "port";
  port.manifest.folder = std::filesystem::temp_directory_path().string();
  port.manifest.start_command = {"/bin/sh", "-c", std::move(script)};
  return port;
}

constexpr char kReady[] =
    R"(read hello; echo '{"type":"ready","protocol":1,"port":{"name":"sh","version":"1"},)"
    R"("ops":["base64-encode"]}'; )";

PortCheck Check(const Port& port) {
  const Case c = MakeCase("f");
  const Case* const sample[] = {&c};
  return CheckPort(port, sample, nullptr);
}

TEST(CheckPortTest, AGoodPort) {
  const PortCheck check = Check(ShellPort(
      std::string(kReady) +
      R"(while read case; do echo '{"type":"answer","id":"1","output":{"text":"Zg=="}}'; done)"));
  ASSERT_EQ(check.steps.size(), 2U) << check.steps.back().what << check.steps.back().detail;
  EXPECT_EQ(check.steps[0].state, State::kGood);
  EXPECT_EQ(check.steps[0].detail, "sh 1");
  EXPECT_EQ(check.steps[1].what, "answers base64-encode");
  EXPECT_EQ(check.steps[1].detail, "well-formed, with every stage");
  EXPECT_EQ(check.operations, std::vector<const OperationSpec*>{FindOperation("base64-encode")});
  EXPECT_TRUE(check.can_run);
}

TEST(CheckPortTest, NoGreeting) {
  const PortCheck check = Check(ShellPort("echo starting; read hello; cat >/dev/null"));
  ASSERT_EQ(check.steps.size(), 1U);
  EXPECT_EQ(check.steps[0].state, State::kBad);
  EXPECT_NE(check.steps[0].detail.find("starting"), std::string::npos) << check.steps[0].detail;
  EXPECT_NE(check.steps[0].hint.find("standard error"), std::string::npos) << check.steps[0].hint;
  EXPECT_FALSE(check.can_run);
}

TEST(CheckPortTest, AnAnswerOfTheWrongType) {
  const PortCheck check = Check(ShellPort(
      std::string(kReady) +
      R"(echo oops >&2; read case; echo '{"type":"answer","id":"1","output":{"text":7}}'; read end)"));
  ASSERT_EQ(check.steps.size(), 2U);
  EXPECT_EQ(check.steps[1].state, State::kBad);
  EXPECT_NE(check.steps[1].detail.find("text"), std::string::npos) << check.steps[1].detail;
  EXPECT_EQ(check.steps[1].stderr_tail, "oops\n");
  EXPECT_FALSE(check.can_run);
}

TEST(CheckPortTest, APortThatDoesNotEnd) {
  const PortCheck check = Check(ShellPort(
      std::string(kReady) +
      R"(read case; echo '{"type":"answer","id":"1","output":{"text":"Zg=="}}'; exec sleep 600)"));
  ASSERT_EQ(check.steps.size(), 3U);
  EXPECT_EQ(check.steps[2].state, State::kNote);
  EXPECT_EQ(check.steps[2].what, "does not end when its standard input closes");
  EXPECT_TRUE(check.can_run);
}

TEST(CheckPortTest, APortOfWhichNothingIsSelected) {
  Case c = MakeCase("f");
  c.operation = FindOperation("sha256");
  const Case* const sample[] = {&c};
  const PortCheck check = CheckPort(ShellPort(std::string(kReady) + "read end"), sample, nullptr);
  ASSERT_EQ(check.steps.size(), 2U);
  EXPECT_EQ(check.steps[0].state, State::kGood);
  EXPECT_EQ(check.steps[1].state, State::kBad);
  EXPECT_EQ(check.steps[1].what, "is asked nothing");
  EXPECT_EQ(check.steps[1].detail, "no case of what it does is selected");
  EXPECT_FALSE(check.can_run);
}

TEST(CheckPortTest, ARefusalIsWrongOnlyWhereTheCaseIsToBeComputed) {
  const Port port =
      ShellPort(std::string(kReady) +
                R"(while read case; do echo '{"type":"answer","id":"1","refused":"no"}'; done)");
  Case c = MakeCase("f");
  const Case* const sample[] = {&c};
  PortCheck check = CheckPort(port, sample, nullptr);
  EXPECT_EQ(check.steps.back().state, State::kNote);
  EXPECT_EQ(check.steps.back().detail, "refuses an ordinary case: no");
  c.requirement = Requirement::kRefuse;
  check = CheckPort(port, sample, nullptr);
  EXPECT_EQ(check.steps.back().state, State::kGood);
}

TEST(CheckPortTest, AnExecPortIsAskedForTheLastStageAlone) {
  Port port = ShellPort("printf BLBM");
  port.manifest.mode = PortManifest::Mode::kExec;
  port.manifest.operations = {FindOperation("ses-smtp-password")};
  port.manifest.versions = {4};
  Case v2;
  v2.operation = port.manifest.operations.front();
  v2.inputs = {std::int64_t{2}, std::string("secret"), std::monostate()};
  Case v4 = v2;
  v4.inputs = {std::int64_t{4}, std::string("secret"), std::string("us-east-1")};
  const Case* const sample[] = {&v2, &v4};
  const PortCheck check = CheckPort(port, sample, nullptr);
  ASSERT_EQ(check.steps.size(), 1U);
  EXPECT_EQ(check.steps[0].what, "answers ses-smtp-password, version 4");
  EXPECT_EQ(check.steps[0].detail, "its output, 4 bytes, is taken as the password");
  EXPECT_TRUE(check.can_run);

  const PortCheck nothing = CheckPort(port, std::span(sample).first(1), nullptr);
  ASSERT_EQ(nothing.steps.size(), 1U);
  EXPECT_EQ(nothing.steps[0].state, State::kBad);
  EXPECT_EQ(nothing.steps[0].what, "is asked nothing");
  EXPECT_NE(nothing.steps[0].detail.find("does not do version 2"), std::string::npos)
      << nothing.steps[0].detail;
  EXPECT_FALSE(nothing.can_run);
}

}  // namespace
}  // namespace sigvet
