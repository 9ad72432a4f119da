#pragma once

#include <string>

#include "harness/run/run_report.h"
#include "reports/html_links.h"

namespace sigvet {

/// The first thing to be seen of a run: whether all conform, and if not, who does what wrong.
struct HtmlAnswer {
  /// A few words. Printable text.
  std::string title;
  std::string html;
};

HtmlAnswer AnswerOf(const RunReport& report, const HtmlLinks& links);

}  // namespace sigvet
