#include <string>
#include <utility>
#include <vector>

#include "reports/html_answer.h"
#include "reports/html_context.h"
#include "reports/html_failures.h"
#include "reports/html_findings.h"
#include "reports/html_links.h"
#include "reports/html_matrix.h"
#include "reports/html_page.h"
#include "reports/report.h"

namespace sigvet {

std::string RenderHtml(const RunReport& report) {
  HtmlLinks links(report);
  HtmlSection findings = FindingsSection(report, links);
  std::vector<HtmlSection> failures = FailureSections(report, links);
  HtmlAnswer answer = AnswerOf(report, links);

  HtmlPageParts page;
  page.title = answer.title + " - sigvet";
  page.kind = "conformance";
  page.answer = std::move(answer.html);
  page.sections.push_back(MatrixSection(report, links));
  page.sections.push_back(std::move(findings));
  for (HtmlSection& section : failures) page.sections.push_back(std::move(section));
  page.sections.push_back(ProblemsSection(report));
  page.sections.push_back(NotCountedSection(report));
  page.sections.push_back(CorpusSection(report));
  page.sections.push_back(EnvironmentSection(report));
  page.footer = "<p>Written by sigvet " + HtmlValue(report.context.sigvet_version) +
                ". The JSON report of the same run has every result.</p>\n";
  page.style = &kRunCss;
  return HtmlPage(page);
}

}  // namespace sigvet
