#pragma once

#include <string>

#include "harness/port/check_port.h"
#include "reports/report.h"

namespace sigvet {

/// A line for each step, and what to do about those that are not good.
std::string RenderPortCheck(const PortCheck& check, const ConsoleStyle& style);

}  // namespace sigvet
