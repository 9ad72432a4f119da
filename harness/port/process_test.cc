#include "harness/port/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "harness/port/test_child.h"

namespace sigvet {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::size_t CountDescriptors() {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

class ProcessTest : public testing::Test {
 protected:
  void TearDown() override { EXPECT_FALSE(HasChildren()); }

  EventLoop loop_;
};

TEST_F(ProcessTest, GivesItsOutputAndItsExitCode) {
  const auto child = RunShell(loop_, "printf one; printf two; exit 3");
  EXPECT_EQ(child->output, "onetwo");
  EXPECT_EQ(child->status, (ExitStatus{3, 0}));
  EXPECT_THAT(child->events, testing::EndsWith("exit;"));
  EXPECT_EQ(ToString(*child->status), "exit code 3");
}

TEST_F(ProcessTest, SaysWhatSignalKilledIt) {
  const auto child = RunShell(loop_, "kill -SEGV $$");
  ASSERT_TRUE(child->status);
  EXPECT_EQ(child->status->signal, SIGSEGV);
  EXPECT_EQ(ToString(*child->status), "killed by SIGSEGV (Segmentation fault)");
  EXPECT_EQ(ToString(ExitStatus{0, SIGRTMIN + 1}),
            "killed by signal " + std::to_string(SIGRTMIN + 1));
}

TEST_F(ProcessTest, SaysWhyItCantBeStarted) {
  const std::string folder = testing::TempDir() + "sigvet_process_test";
  fs::create_directories(folder);
  std::ofstream(folder + "/plain") << "text";
  std::ofstream(folder + "/script") << "#!/no/such/interpreter\n";
  chmod((folder + "/script").c_str(), 0755);
  const std::vector<std::string> path = {"PATH=/nowhere:" + folder};
  const auto error_of = [&](std::string program, std::string where) {
    return TestChild(loop_, {{std::move(program)}, std::move(where), path}).error;
  };
  RunShell(loop_, "exit 0");  // What the loop opens for its first child stays open.
  const std::size_t descriptors = CountDescriptors();
  EXPECT_EQ(error_of("no-such-program", folder), "there is no program no-such-program in PATH");
  EXPECT_EQ(error_of("./none", folder), "there is no program " + folder + "/./none");
  EXPECT_EQ(error_of(".", folder), "there is no program . in PATH");
  EXPECT_EQ(error_of("plain", folder), folder + "/plain is not executable");
  EXPECT_EQ(error_of("/dev/null/x", folder), "there is no program /dev/null/x");
  EXPECT_EQ(error_of("true", folder + "/none"), "the folder " + folder + "/none is not there");
  EXPECT_EQ(error_of("true", folder + "/plain"), folder + "/plain is not a folder");
  EXPECT_THAT(error_of("script", folder), HasSubstr("the interpreter in its first line"));
  loop_.Run();
  EXPECT_EQ(CountDescriptors(), descriptors);
  fs::remove_all(folder);
}

TEST_F(ProcessTest, FindsItsProgramInItsFolder) {
  TestChild child(loop_, {{"./sh", "-c", "pwd; echo $0"}, "/bin", {}});
  ASSERT_EQ(child.error, "");
  loop_.Run();
  EXPECT_THAT(child.output, HasSubstr("bin\n"));
}

TEST_F(ProcessTest, HasExactlyTheEnvironmentGiven) {
  setenv("AWS_SECRET_ACCESS_KEY", "of the caller", 1);
  TestChild child(loop_, {{"env"}, "/", {"PATH=/usr/bin:/bin", "A=1", "B=x=y z"}});
  loop_.Run();
  EXPECT_EQ(child.output, "PATH=/usr/bin:/bin\nA=1\nB=x=y z\n");
  unsetenv("AWS_SECRET_ACCESS_KEY");
}

TEST_F(ProcessTest, HasASessionAndAGroupOfItsOwnAndNoOtherDescriptor) {
  // Without O_CLOEXEC, as the standard library opens files.
  const std::ofstream other("/dev/null");
  // proc(5): pid, name, state, parent, group, session.
  const auto child = RunShell(loop_,
                              "read pid name state parent group session rest < /proc/$$/stat;"
                              "[ $pid = $group ] && [ $pid = $session ] && echo own;"
                              "ls -l /proc/$$/fd | grep -c /dev/null");
  EXPECT_EQ(child->output, "own\n0\n");
}

TEST_F(ProcessTest, ItsStreamsArePipes) {
  const auto child = RunShell(loop_,
                              "[ -p /dev/stdin ] && [ -p /dev/stdout ] && [ -p /dev/stderr ]"
                              " && echo pipes > /dev/stdout");
  EXPECT_EQ(child->output, "pipes\n");
}

TEST_F(ProcessTest, SignalsAreAtTheirDefaults) {
  // The loop ignores SIGPIPE for itself; its children must not.
  const auto child = RunShell(loop_, "exec grep -E 'Sig(Ign|Blk)' /proc/self/status");
  EXPECT_EQ(child->output, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST_F(ProcessTest, GetsWhatIsSent) {
  TestChild child(loop_, ShellSpec("cat"));
  std::string all;
  for (int i = 0; i < 1000; ++i) {
    const std::string line = "line " + std::to_string(i) + std::string(500, '.') + "\n";
    child.process->Send(line);
    all += line;
  }
  child.process->CloseInput();
  child.process->Send("too late");
  loop_.Run();
  EXPECT_EQ(child.output, all);
  EXPECT_THAT(child.events, testing::Not(HasSubstr("input closed")));
}

TEST_F(ProcessTest, AnswersWhatItIsAskedInTurns) {
  TestChild child(loop_, ShellSpec("while read -r line; do echo \"<$line>\"; done"));
  int turns = 0;
  child.on_output = [&] {
    if (++turns < 100) {
      child.process->Send(std::to_string(turns) + "\n");
    } else {
      child.process->CloseInput();
    }
  };
  child.process->Send("begin\n");
  loop_.Run();
  EXPECT_THAT(child.output, testing::StartsWith("<begin>\n<1>\n<2>\n"));
  EXPECT_THAT(child.output, testing::EndsWith("<99>\n"));
}

TEST_F(ProcessTest, TellsThatStandardInputIsClosed) {
  TestChild child(loop_, ShellSpec("exec 0<&-; sleep 50"));
  child.on_closed = [&] { child.process->End(); };
  loop_.Run();
  EXPECT_EQ(child.events, "input closed;exit;");
  EXPECT_EQ(child.status->signal, SIGTERM);
}

TEST_F(ProcessTest, TellsThatStandardInputIsClosedWithMuchToSend) {
  TestChild child(loop_, ShellSpec("read -r line; exec 0<&-; sleep 50"));
  child.on_closed = [&] {
    child.process->Send("more");
    child.process->End();
  };
  child.process->Send(std::string(1'000'000, 'x') + "\n");
  loop_.Run();
  EXPECT_EQ(child.events, "input closed;exit;");
}

TEST_F(ProcessTest, TellsThatStandardOutputIsClosed) {
  TestChild child(loop_, ShellSpec("echo hello; exec 1>&-; sleep 50"));
  child.on_closed = [&] { child.process->End(); };
  loop_.Run();
  EXPECT_EQ(child.events, "output closed;exit;");
  EXPECT_EQ(child.output, "hello\n");
}

TEST_F(ProcessTest, EndAsksFirst) {
  TestChild child(loop_, ShellSpec("trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done"));
  child.on_output = [&] {
    child.process->End();
    child.process->End();
  };
  loop_.Run();
  EXPECT_EQ(child.status, (ExitStatus{7, 0}));
}

TEST_F(ProcessTest, EndKillsWhatIgnoresIt) {
  TestChild child(loop_, ShellSpec("trap '' TERM; echo ready; while :; do sleep 1; done"));
  child.on_output = [&] { child.process->End(); };
  loop_.Run();
  EXPECT_EQ(child.status, (ExitStatus{0, SIGKILL}));
}

TEST_F(ProcessTest, EndKillsWhatIsStopped) {
  TestChild child(loop_, ShellSpec("(sleep 0.2; echo ready) & kill -STOP $$"));
  child.on_output = [&] { child.process->End(); };
  loop_.Run();
  EXPECT_EQ(child.status->signal, SIGKILL);
}

TEST_F(ProcessTest, KillAllProcessGroupsLeavesNone) {
  TestChild one(loop_, ShellSpec("trap '' TERM; sleep 50 & wait; sleep 50"));
  TestChild two(loop_, ShellSpec("sleep 50"));
  Timer timer(loop_, KillAllProcessGroups);
  timer.Set(milliseconds(20));
  loop_.Run();
  EXPECT_EQ(one.status, (ExitStatus{0, SIGKILL}));
  EXPECT_EQ(two.status, (ExitStatus{0, SIGKILL}));
}

TEST_F(ProcessTest, NothingOfItsGroupIsLeft) {
  const auto child = RunShell(loop_, "(trap '' TERM HUP; sleep 50) & echo $!; exit 4");
  EXPECT_EQ(child->status, (ExitStatus{4, 0}));
  const std::string pid = child->output.substr(0, child->output.find('\n'));
  for (int i = 0; i < 1000 && IsRunning(pid); ++i) std::this_thread::sleep_for(milliseconds(5));
  EXPECT_FALSE(IsRunning(pid)) << pid;
}

TEST_F(ProcessTest, KeepsTheEndOfStandardError) {
  const auto child = RunShell(loop_, "head -c 3000000 /dev/zero >&2; printf 'the end' >&2");
  EXPECT_EQ(child->stderr_tail, std::string(kStderrTailBytes - 7, '\0') + "the end");
  EXPECT_EQ(RunShell(loop_, "printf short >&2")->stderr_tail, "short");
}

TEST_F(ProcessTest, MuchOutputNeedsNoMemory) {
  // A first time, so that what is allocated once is there.
  RunShell(loop_, "head -c 2000000 /dev/zero");
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  EXPECT_EQ(RunShell(loop_, "head -c 100000000 /dev/zero")->output_bytes, 100'000'000U);
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 20'000) << "KiB";
}

TEST_F(ProcessTest, WhatComesAfterItsEndIsDropped) {
  TestChild child(loop_, ShellSpec("trap '' TERM; exec cat /dev/zero"));
  child.on_output = [&] {
    EXPECT_EQ(child.events, "");
    child.events += "output;";
    child.process->End();
  };
  loop_.Run();
  EXPECT_EQ(child.events, "output;exit;");
  EXPECT_LE(child.output_bytes, std::size_t{64} << 10);
}

TEST_F(ProcessTest, EndDoesNothingWhereItHasEndedByItself) {
  // Somebody in another group holds its standard output open.
  TestChild child(loop_, ShellSpec("setsid sh -c 'echo; exec sleep 1' & read -r line; exit 3"));
  child.on_output = [&] { child.process->CloseInput(); };
  const pid_t pid = child.process->pid();
  std::optional<bool> ended;
  std::optional<Timer> look;
  look.emplace(loop_, [&] {
    if (kill(pid, 0) == 0) return look->Set(milliseconds(1));
    ASSERT_NE(child.process, nullptr);
    ended = child.process->End();
  });
  look->Set(milliseconds(1));
  loop_.Run();
  EXPECT_EQ(ended, false);
  EXPECT_EQ(child.status, (ExitStatus{3, 0}));
}

TEST_F(ProcessTest, ManyLeakNothing) {
  RunShell(loop_, "exit 0");
  const std::size_t descriptors = CountDescriptors();
  for (int round = 0; round < 10; ++round) {
    std::vector<std::unique_ptr<TestChild>> children;
    for (int i = 0; i < 20; ++i) {
      children.push_back(
          std::make_unique<TestChild>(loop_, ShellSpec("exit " + std::to_string(i))));
    }
    loop_.Run();
    for (int i = 0; i < 20; ++i) {
      EXPECT_EQ(children[static_cast<std::size_t>(i)]->status, (ExitStatus{i, 0}));
    }
  }
  EXPECT_EQ(CountDescriptors(), descriptors);
}

TEST_F(ProcessTest, MayBeginAnotherWhenItEnds) {
  std::optional<TestChild> second;
  TestChild first(loop_, ShellSpec("exit 1"));
  Timer timer(loop_, [&] { second.emplace(loop_, ShellSpec("exit 2")); });
  timer.Set(milliseconds(0));
  loop_.Run();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->status, (ExitStatus{2, 0}));
}

}  // namespace
}  // namespace sigvet
