#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/run/run_report.h"

namespace sigvet {

/// The ids on the page of a run that other parts of it lead to.
class HtmlLinks {
 public:
  explicit HtmlLinks(const RunReport& report)
      : findings(report.findings.size()),
        subjects_(report.subjects.size()),
        cells_(report.suites.size() * subjects_) {}

  /// That `id` says why `subject` fails cases of `suite`. A second time changes nothing.
  void Add(std::uint32_t suite, std::uint32_t subject, const std::string& id);

  /// All such ids.
  const std::vector<std::string>& Of(std::size_t suite, std::size_t subject) const {
    return cells_[suite * subjects_ + subject];
  }

  /// The id of each of RunReport::findings; empty where it explains known failures alone.
  std::vector<std::string> findings;

 private:
  std::size_t subjects_;
  std::vector<std::vector<std::string>> cells_;
};

}  // namespace sigvet
