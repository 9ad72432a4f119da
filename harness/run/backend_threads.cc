#include "harness/run/backend_threads.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"

namespace sigvet {

void ForEachWithBackend(unsigned jobs, std::size_t count,
                        const std::function<void(Backend& backend, std::size_t number)>& work) {
  if (count == 0) return;
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr error;
  const auto run = [&] {
    try {
      const BackendResult backend = MakeAnyBackend();
      if (!backend) throw BackendError(backend.error().message);
      for (std::size_t number = next++; number < count; number = next++) work(**backend, number);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!error) error = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    const std::size_t wanted = std::min<std::size_t>(std::max(1U, jobs), count);
    try {
      while (threads.size() + 1 < wanted) threads.emplace_back(run);
    } catch (const std::system_error&) {
      // Those who are there do it all.
    }
    run();
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace sigvet
