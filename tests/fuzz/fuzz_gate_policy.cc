// Feeds arbitrary bytes to the parser of the gate's policy: it must end, and give either errors
// with places inside of the text or a policy that is whole and in range.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/check.h"
#include "base/utf8.h"
#include "bench/gate_policy.h"

namespace sigvet {
namespace {

bool IsThreshold(double threshold) {
  return threshold >= kLeastThreshold && threshold <= kMostThreshold;
}

void CheckPolicy(const GatePolicy& policy) {
  Check(!policy.reference.empty(), "a policy without a reference");
  Check(IsThreshold(policy.threshold), "a threshold out of range");
  Check(policy.significance >= kLeastSignificance && policy.significance <= kMostSignificance,
        "a significance out of range");
  Check(policy.rules.size() <= kMaxGateRules, "too many rules");
  for (const GatePolicy::Rule& rule : policy.rules) {
    Check(!rule.workload.empty() && !rule.contender.empty(), "a rule without a pattern");
    Check(IsThreshold(rule.threshold), "a rule's threshold out of range");
    Check(rule.place.line > 0, "a rule without a place");
  }
}

void ParseBytes(std::string_view text) {
  const ParsedGatePolicy parsed = ParseGatePolicy("fuzz.yaml", text);
  if (parsed.errors.empty()) CheckPolicy(parsed.policy);
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  for (const Error& error : parsed.errors) {
    Check(error.place.line <= lines && error.place.column <= text.size() + 1,
          "an error outside of the text");
    Check(IsUtf8(ToString(error)), "an error that is not UTF-8");
  }
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sigvet::ParseBytes(sigvet::AsText({data, size}));
  return 0;
}
