// No known-failures file and no glob may crash or hang.

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/check.h"
#include "harness/run/glob.h"
#include "harness/run/known_failures.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = sigvet::AsText({data, size});
  sigvet::ParsedKnownFailures parsed;
  sigvet::ParseKnownFailures("known.txt", text, parsed);
  for (const sigvet::KnownFailure& known : parsed.known) {
    sigvet::Check(!known.case_pattern.empty(), "a known failure without a pattern was accepted");
    sigvet::GlobMatches(known.case_pattern, "ses/regions/us-east-1");
    sigvet::GlobMatches(known.case_pattern, known.case_pattern);
  }
  return 0;
}
