#include "harness/run/run_report.h"

#include "base/check.h"

namespace sigvet {

std::string_view ToString(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kFail:
      return "fail";
    case Verdict::kError:
      return "error";
    case Verdict::kSkip:
      return "skip";
    case Verdict::kExpectedFail:
      return "expected-fail";
    case Verdict::kUnexpectedPass:
      return "unexpected-pass";
    case Verdict::kDisputed:
      return "disputed";
  }
  Fatal("a verdict that does not exist");
}

}  // namespace sigvet
