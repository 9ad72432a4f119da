#pragma once

#include <cstddef>
#include <string>

#include "diagnosis/verify_request.h"

namespace sigvet {

struct VerifyStyle {
  bool color = false;
  /// Columns in a line.
  std::size_t width = 80;
};

/// What was found out of a signed request, for a reader: its first line says whether the request is
/// valid, and if not why; then what differs, character by character, and what to do. Where nothing
/// explains a signature the stages follow, for comparison. Nothing in it that a terminal would act
/// on, and no secret.
std::string RenderVerifyReport(const VerifyReport& report, const VerifyStyle& style);

}  // namespace sigvet
