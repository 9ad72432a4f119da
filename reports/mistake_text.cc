#include "reports/mistake_text.h"

#include <algorithm>
#include <cstddef>

#include "base/utf8.h"

namespace sigvet {

std::string SentenceOf(const std::vector<RunReport::Mistake>& mistakes) {
  std::string text;
  for (const RunReport::Mistake& mistake : mistakes) {
    text.append(text.empty() ? "" : ", and ").append(Printable(mistake.sentence));
  }
  return text;
}

std::string RemedyOf(const std::vector<RunReport::Mistake>& mistakes) {
  std::string text;
  for (auto mistake = mistakes.begin(); mistake != mistakes.end(); ++mistake) {
    const auto same = [&](const RunReport::Mistake& m) { return m.remedy == mistake->remedy; };
    if (mistake->remedy.empty() || std::any_of(mistakes.begin(), mistake, same)) continue;
    text.append(text.empty() ? "" : "; ").append(Printable(mistake->remedy));
  }
  return text;
}

std::string SecretNote(const RunReport& report, const RunReport::Finding& finding) {
  if (!finding.is_about_secret) return "";
  const bool is_port = report.subjects[finding.subject].kind == "port";
  return std::string(is_port ? "your port" : "the program") + " is right, its secret is not";
}

std::string OnlyStageNote(const RunReport::Finding& finding) {
  if (finding.only_stage.empty()) return "";
  return "explained is its " + Visible(finding.only_stage) +
         "; what comes out in the end is wrong for another reason too";
}

const RunReport::Finding* FindingOf(const RunReport& report, const RunReport::CaseResult& result) {
  if (result.finding < 0 || result.verdict == Verdict::kDisputed) return nullptr;
  return &report.findings[static_cast<std::size_t>(result.finding)];
}

}  // namespace sigvet
