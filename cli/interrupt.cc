#include "cli/interrupt.h"

#include <csignal>

#include "harness/port/process.h"

namespace sigvet {
namespace {

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void OnSignal(int signal) {
  if (!interrupted.exchange(true)) return;
  KillAllProcessGroups();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

const std::atomic<bool>& CatchInterrupts() {
  struct sigaction action {};
  action.sa_handler = OnSignal;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    struct sigaction before {};
    sigaction(signal, &action, &before);
    // As nohup wants it, or a shell for a job in the background.
    if (before.sa_handler == SIG_IGN) sigaction(signal, &before, nullptr);
  }
  // A reader that went away is an error of that write, not the end of the program, which would
  // leave temporary files behind.
  std::signal(SIGPIPE, SIG_IGN);
  return interrupted;
}

}  // namespace sigvet
