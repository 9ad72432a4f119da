#pragma once

#include <atomic>

namespace sigvet {

/// From now on the first Ctrl-C, SIGTERM, SIGHUP or SIGQUIT makes what this returns true, for the
/// work to end in order; the second ends the program and whatever ports it runs. A broken pipe is
/// an error of that write. Called once.
const std::atomic<bool>& CatchInterrupts();

}  // namespace sigvet
