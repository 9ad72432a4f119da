#pragma once

#include "harness/run/run_report.h"
#include "reports/html_page.h"

namespace sigvet {

/// Known failures and skips, counted.
HtmlSection NotCountedSection(const RunReport& report);

/// Which cases, and where their expected values come from.
HtmlSection CorpusSection(const RunReport& report);

/// Subjects and machine.
HtmlSection EnvironmentSection(const RunReport& report);

}  // namespace sigvet
