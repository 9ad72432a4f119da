#pragma once

#include "harness/run/run_report.h"
#include "reports/html_links.h"
#include "reports/html_page.h"

namespace sigvet {

/// The table of suites and subjects. Each cell in which something failed leads to what explains it.
HtmlSection MatrixSection(const RunReport& report, const HtmlLinks& links);

}  // namespace sigvet
