#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "harness/run/known_failures.h"

namespace sigvet {

struct RunOptions {
  /// Threads that evaluate cases, and ports that run at the same time; at least 1. The report does
  /// not depend on it.
  unsigned jobs = 1;
  /// How often every subject is asked every case, from the second time on in another order and by a
  /// new subject; at least 1. Answers that are not always the same are failures.
  unsigned repeat = 1;
  /// Names of operations. It is a problem where an available subject ran no case of one of them.
  std::span<const std::string> required_operations = {};
  std::span<const KnownFailure> known_failures = {};
  /// Every subject that exists, planned or not: what a known failure may name.
  std::span<const std::string> subject_ids = {};
  /// Ends the run early when it becomes true, between two cases; may be set by a signal handler.
  const std::atomic<bool>* interrupted = nullptr;
  /// Called on the calling thread now and then with the number of answers so far, of the number
  /// that CountAnswers gives, and with the ids of the ports that run just now; may be empty.
  std::function<void(std::size_t answers, std::string_view running)> progress = {};

  bool IsInterrupted() const { return interrupted != nullptr && interrupted->load(); }
};

}  // namespace sigvet
