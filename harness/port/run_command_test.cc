#include "harness/port/run_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <utility>

namespace sigvet {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using End = CommandOutcome::End;

/// No test waits so long unless something is wrong.
constexpr milliseconds kTooLong{60'000};

Command Shell(std::string script, milliseconds limit = kTooLong) {
  return {{{"sh", "-c", std::move(script)}, "/", {"PATH=/usr/bin:/bin"}}, limit};
}

TEST(RunCommands, GivesWhatEachPrintedAndHowItEnded) {
  const Command commands[] = {Shell("echo out; echo err >&2"),
                              Shell("exit 3"),
                              Shell("kill -9 $$"),
                              {{{"no-such-program"}, "/", {"PATH=/usr/bin:/bin"}}, kTooLong}};
  const auto outcomes = RunCommands(commands, nullptr);
  ASSERT_EQ(outcomes.size(), 4U);
  EXPECT_TRUE(outcomes[0].Succeeded());
  EXPECT_EQ(outcomes[0].output_begin, "out\n");
  EXPECT_EQ(outcomes[0].output_end, "out\n");
  EXPECT_EQ(outcomes[0].stderr_tail, "err\n");
  EXPECT_EQ(outcomes[1].end, End::kExited);
  EXPECT_EQ(outcomes[1].status, (ExitStatus{.code = 3}));
  EXPECT_FALSE(outcomes[1].Succeeded());
  EXPECT_EQ(outcomes[2].status.signal, SIGKILL);
  EXPECT_FALSE(outcomes[2].Succeeded());
  EXPECT_EQ(outcomes[3].end, End::kNotStarted);
  EXPECT_THAT(outcomes[3].error.message, HasSubstr("no-such-program"));
}

TEST(RunCommands, AreRunAtTheSameTime) {
  // Each waits for the other one.
  std::string pipe = ::testing::TempDir() + "sigvet-pipe-XXXXXX";
  ASSERT_NE(mkdtemp(pipe.data()), nullptr);
  const Command make = Shell("mkfifo " + pipe + "/p");
  ASSERT_TRUE(RunCommands({&make, 1}, nullptr).front().Succeeded());
  const Command commands[] = {Shell("echo hello >" + pipe + "/p"), Shell("cat " + pipe + "/p")};
  const auto outcomes = RunCommands(commands, nullptr);
  EXPECT_TRUE(outcomes[0].Succeeded());
  EXPECT_EQ(outcomes[1].output_begin, "hello\n");
  const Command remove = Shell("rm -r " + pipe);
  EXPECT_TRUE(RunCommands({&remove, 1}, nullptr).front().Succeeded());
}

TEST(RunCommands, KeepsBothEndsOfALongOutput) {
  const Command command = Shell("echo first; head -c 1000000 /dev/zero; echo; echo last");
  const CommandOutcome outcome = RunCommands({&command, 1}, nullptr).front();
  EXPECT_TRUE(outcome.Succeeded());
  EXPECT_EQ(outcome.output_begin.size(), 4096U);
  EXPECT_TRUE(outcome.output_begin.starts_with("first\n"));
  EXPECT_EQ(outcome.output_end.size(), 65536U);
  EXPECT_TRUE(outcome.output_end.ends_with("\nlast\n"));
}

TEST(RunCommands, HaveNothingToRead) {
  const Command command = Shell("cat");
  EXPECT_TRUE(RunCommands({&command, 1}, nullptr).front().Succeeded());
}

TEST(RunCommands, EndsWhatTakesTooLong) {
  const Command commands[] = {Shell("sleep 1000", milliseconds(20)), Shell("echo good")};
  const auto outcomes = RunCommands(commands, nullptr);
  EXPECT_EQ(outcomes[0].end, End::kTimeout);
  EXPECT_FALSE(outcomes[0].Succeeded());
  EXPECT_TRUE(outcomes[1].Succeeded());
}

TEST(RunCommands, EndsAllWhenInterrupted) {
  const std::atomic<bool> interrupted = true;
  const Command commands[] = {Shell("sleep 1000"), Shell("sleep 1000")};
  for (const CommandOutcome& outcome : RunCommands(commands, &interrupted)) {
    EXPECT_EQ(outcome.end, End::kInterrupted);
  }
  const std::atomic<bool> not_interrupted = false;
  const Command command = Shell("echo good");
  EXPECT_TRUE(RunCommands({&command, 1}, &not_interrupted).front().Succeeded());
}

TEST(RunCommands, DoesNothingForNoCommands) {
  EXPECT_TRUE(RunCommands({}, nullptr).empty());
  const std::atomic<bool> interrupted = true;
  EXPECT_TRUE(RunCommands({}, &interrupted).empty());
}

}  // namespace
}  // namespace sigvet
