#pragma once

#include <string>
#include <vector>

#include "diagnosis/defect_search.h"
#include "reports/report.h"

namespace sigvet {

/// What `sigvet diagnose` found out about a value.
struct DiagnosisReport {
  /// "password", "signature", "canonical_request" ...
  std::string stage;
  Product product = Product::kPassword;
  bool is_right = false;
  std::vector<Explanation> explanations = {};
  /// Of DescribeStructure.
  std::vector<std::string> structure = {};
  SearchEffort effort = {};
};

/// What a person reads. No value is shown: it may be a password.
std::string RenderDiagnosis(const DiagnosisReport& report, const ConsoleStyle& style);

}  // namespace sigvet
