#include "harness/port/orphans.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <functional>
#include <optional>
#include <string>

#include "harness/port/test_child.h"

namespace sigvet {
namespace {

// Orphans are adopted by a whole program: each test has one of its own.

/// Runs `script` in a program that adopts orphans, and expects `expect` of what came of it, and
/// that no child is left.
void ExpectInOwnProgram(const std::function<bool(const TestChild&)>& expect,
                        const std::string& script) {
  const pid_t pid = fork();
  if (pid == 0) {
    AdoptOrphans();
    EventLoop loop;
    const auto child = RunShell(loop, script);
    _exit(!expect(*child) ? 1 : HasChildren() ? 2 : 0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(EndOrphans, EndWithTheProcessTheyCameFrom) {
  ExpectInOwnProgram(
      [](const TestChild& child) {
        const std::string pid = child.output.substr(0, child.output.find('\n'));
        return !pid.empty() && !IsRunning(pid) && child.status == ExitStatus{};
      },
      "setsid sh -c 'echo $$; exec sleep 50' & sleep 0.3");
}

TEST(EndOrphans, FloodsOfThemEnd) {
  ExpectInOwnProgram([](const TestChild& child) { return child.status == ExitStatus{}; },
                     "setsid cat /dev/zero & sleep 0.1; exit 0");
}

TEST(EndOrphans, ThoseThatForkOnAndOnEnd) {
  ExpectInOwnProgram(
      [](const TestChild& child) {
        return child.status == ExitStatus{} && child.output.starts_with("...");
      },
      "export again='printf .; sleep 0.01; setsid sh -c \"$again\" &';"
      "setsid sh -c \"$again\" & sleep 0.3; exit 0");
}

TEST(EndOrphans, ThoseThatAreNeverTheSameForLongEnd) {
  const pid_t pid = fork();
  if (pid == 0) {
    AdoptOrphans();
    if (fork() == 0) {
      // Should nobody end it, it ends by itself.
      const std::time_t end = std::time(nullptr) + 60;
      while (std::time(nullptr) < end) {
        if (fork() != 0) _exit(0);
        setsid();
      }
      _exit(0);
    }
    bool has_ended = false;
    for (int i = 0; i < 400 && !has_ended; ++i) {
      usleep(5000);
      has_ended = EndOrphans();
    }
    _exit(has_ended && !HasChildren() ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(EndOrphans, ThoseOfALiveGroupAreLeftAlone) {
  const pid_t pid = fork();
  if (pid == 0) {
    AdoptOrphans();
    EventLoop loop;
    TestChild lasting(loop, ShellSpec("(sh -c 'echo begun; sleep 0.4; echo lived' &); sleep 0.8"));
    std::optional<TestChild> brief;
    lasting.on_output = [&] {
      if (!brief) brief.emplace(loop, ShellSpec("exit 5"));
    };
    loop.Run();
    _exit(lasting.output == "begun\nlived\n" && brief->status == ExitStatus{5, 0} ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(EndOrphans, ChildrenFromBeforeAreLeftAlone) {
  const pid_t pid = fork();
  if (pid == 0) {
    const pid_t before = fork();
    if (before == 0) {
      pause();
      _exit(0);
    }
    AdoptOrphans();
    EventLoop loop;
    RunShell(loop, "exit 0");
    const bool lives = waitpid(before, nullptr, WNOHANG) == 0;
    kill(before, SIGKILL);
    _exit(lives ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

}  // namespace
}  // namespace sigvet
