#pragma once

#include <string>
#include <vector>

#include "harness/run/run_report.h"
#include "reports/html_links.h"
#include "reports/html_page.h"

namespace sigvet {

/// The failures that no finding explains: wrong answers, those that gave no answer, disputed cases,
/// and known failures that passed; a section each. Adds their ids to `links`.
std::vector<HtmlSection> FailureSections(const RunReport& report, HtmlLinks& links);

/// What is wrong with the run as a whole.
HtmlSection ProblemsSection(const RunReport& report);

}  // namespace sigvet
