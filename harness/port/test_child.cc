#include "harness/port/test_child.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <string_view>
#include <utility>

namespace sigvet {

TestChild::TestChild(EventLoop& loop, const ProcessSpec& spec)
    : too_long_(loop, [this] {
        ADD_FAILURE() << "the process goes on and on";
        kill(-process->pid(), SIGKILL);
      }) {
  const auto add_output = [this](std::string_view bytes) {
    output_bytes += bytes.size();
    output += bytes.substr(0, 1'000'000 - output.size());
    if (on_output) on_output();
  };
  const auto note_closed = [this](const char* event) {
    events += event;
    if (on_closed) on_closed();
  };
  const auto note_exit = [this](ExitStatus exit_status) {
    events += "exit;";
    status = exit_status;
    stderr_tail = process->StderrTail();
    process.reset();
    too_long_.Stop();
  };
  auto started =
      Process::Start(loop, spec,
                     {.on_output = add_output,
                      .on_input_closed = [note_closed] { note_closed("input closed;"); },
                      .on_output_closed = [note_closed] { note_closed("output closed;"); },
                      .on_exit = note_exit});
  if (!started) {
    error = started.error().message;
    return;
  }
  process = *std::move(started);
  too_long_.Set(std::chrono::minutes(1));
}

ProcessSpec ShellSpec(std::string script) {
  return {{"sh", "-c", std::move(script)}, "/", {"PATH=/usr/bin:/bin"}};
}

std::unique_ptr<TestChild> RunShell(EventLoop& loop, std::string script) {
  auto child = std::make_unique<TestChild>(loop, ShellSpec(std::move(script)));
  if (child->process != nullptr) child->process->CloseInput();
  loop.Run();
  return child;
}

bool HasChildren() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

bool IsRunning(const std::string& pid) {
  std::ifstream stat("/proc/" + pid + "/stat");
  std::string text;
  std::getline(stat, text);
  return !text.empty() && text.find(") Z ") == text.npos;
}

}  // namespace sigvet
