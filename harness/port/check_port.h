#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/corpus/case.h"
#include "harness/port/run_ports.h"

namespace sigvet {

/// What was found out about one step of the protocol.
struct PortCheckStep {
  enum class State : std::uint8_t {
    kGood,
    kNote,  ///< works, and could be better
    kBad,
  };

  State state = State::kGood;
  /// "starts", "answers ses-smtp-password" ...
  std::string what;
  /// What was seen; may be empty. Hints and the end of standard error only where it is bad or a
  /// note.
  std::string detail = {};
  std::string hint = {};
  std::string stderr_tail = {};
};

struct PortCheck {
  std::vector<PortCheckStep> steps;
  /// What it says that it does.
  std::vector<const OperationSpec*> operations = {};
  /// Whether it answers at all, so that a run over all cases says more.
  bool can_run = false;
};

/// Starts the port, asks it the cases of `sample`, one or a few of each operation, and says step by
/// step what is wrong with how it speaks. Whether its answers are right is not looked at.
PortCheck CheckPort(const Port& port, std::span<const Case* const> sample,
                    const std::atomic<bool>* interrupted);

}  // namespace sigvet
