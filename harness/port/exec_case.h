#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "harness/corpus/case.h"
#include "harness/port/process.h"
#include "harness/port/run_ports.h"

namespace sigvet {

/// What an exec port is started with for one case. Holds the case's secret, and wipes it.
struct ExecCase {
  ExecCase() = default;
  ~ExecCase();
  ExecCase(ExecCase&&) = default;
  ExecCase& operator=(ExecCase&&) = delete;
  ExecCase(const ExecCase&) = delete;
  ExecCase& operator=(const ExecCase&) = delete;

  ProcessSpec spec;
  std::string standard_input;
};

/// For a case that the port does. The error says why it can't be asked: a value can't be an
/// argument or a variable, or the secret may not show in a list of processes. `environment` is
/// PortEnvironment of the port's manifest.
Result<ExecCase> MakeExecCase(const Port& port, const Case& c,
                              std::span<const std::string> environment);

}  // namespace sigvet
