#include "reports/tally.h"

namespace sigvet {

void Tally::Add(Verdict verdict) {
  ++(IsFailure(verdict) ? failed : verdict == Verdict::kSkip ? skipped : passed);
}

Tally& Tally::operator+=(const Tally& other) {
  passed += other.passed;
  failed += other.failed;
  skipped += other.skipped;
  return *this;
}

std::vector<Tally> TallySuites(const RunReport& report) {
  std::vector<Tally> tallies(report.suites.size() * report.subjects.size());
  for (const RunReport::CaseResult& result : report.results) {
    const std::size_t suite = report.cases[result.case_index].suite;
    tallies[suite * report.subjects.size() + result.subject].Add(result.verdict);
  }
  return tallies;
}

std::vector<std::size_t> AvailableSubjects(const RunReport& report) {
  std::vector<std::size_t> available;
  for (std::size_t i = 0; i < report.subjects.size(); ++i) {
    if (report.subjects[i].unavailable_because.empty()) available.push_back(i);
  }
  return available;
}

std::vector<std::uint32_t> CountCases(const RunReport& report) {
  std::vector<std::uint32_t> counts(report.suites.size());
  for (const RunReport::Case& c : report.cases) ++counts[c.suite];
  return counts;
}

std::string_view CaseName(const RunReport& report, const RunReport::Case& c) {
  std::string_view name = c.id;
  const std::string& suite = report.suites[c.suite];
  if (name.starts_with(suite) && name.substr(suite.size()).starts_with('/')) {
    name.remove_prefix(suite.size() + 1);
  }
  return name;
}

}  // namespace sigvet
