#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/port/conversation.h"
#include "harness/run/answer_sheet.h"
#include "harness/run/plan.h"
#include "harness/run/run_options.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// The ports' part of a run, over all of its rounds.
class PortRuns {
 public:
  /// All of these outlive it.
  PortRuns(const Plan& plan, const RunOptions& options, AnswerSheet& sheet);

  /// Asks every port all selected cases, in the order `order` of their numbers, on the calling
  /// thread and by fresh processes. A port that was given up in an earlier round is not asked
  /// again. `answers_before` were given before, by anybody.
  void RunRound(std::span<const std::uint32_t> order, std::size_t answers_before);

  /// Fills in what the ports said of themselves and, as problems, why they were given up.
  void FillIn(RunReport& report) const;

 private:
  /// A port and what became of it.
  struct Runner {
    const Port* port;
    /// In the plan.
    std::size_t number;
    Conversation::Outcome outcome;
  };

  const Plan& plan_;
  const RunOptions& options_;
  AnswerSheet& sheet_;
  std::vector<Runner> runners_;
};

}  // namespace sigvet
