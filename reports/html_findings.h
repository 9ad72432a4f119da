#pragma once

#include "harness/run/run_report.h"
#include "reports/html_links.h"
#include "reports/html_page.h"

namespace sigvet {

/// What explains failures: the mistakes, with an example each. Adds their ids to `links`.
HtmlSection FindingsSection(const RunReport& report, HtmlLinks& links);

/// The findings that explain known failures alone, as items of a list; may be empty.
std::string KnownFindingItems(const RunReport& report);

}  // namespace sigvet
