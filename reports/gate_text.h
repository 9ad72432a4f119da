#pragma once

#include <string>

#include "bench/gate.h"
#include "reports/report.h"

namespace sigvet {

/// What a person reads of a gate: whether there is a regression; what is slower, gone,
/// perhaps slower or faster, in percent with p-values; what was not compared; and what to do.
std::string RenderGate(const GateReport& report, const ConsoleStyle& style);

}  // namespace sigvet
