// Base64 of the 33 bytes of a password.

#include <array>
#include <string>

#include "base/hex.h"
#include "bench/workloads/workloads.h"

namespace sigvet {
namespace {

/// ses/published/rust-sample of the corpus: 0x04 and its message key, and its password.
constexpr std::string_view kBytes =
    "04b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd";
constexpr std::string_view kPassword = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9";

Result<PreparedWork> Prepare(Backend* backend) {
  const Bytes bytes = FromHex(kBytes).value_or(Bytes{});
  if (const std::string text = backend->Base64Encode(bytes); text != kPassword) {
    return Error{"the published password is " + std::string(kPassword) + ", not " + text};
  }
  return PreparedWork{.loop = [backend, bytes](benchmark::State& state) {
    std::array<char, kPassword.size()> text;
    for (auto _ : state) {
      backend->Base64Encode(bytes, text);
      benchmark::DoNotOptimize(text);
    }
  }};
}

}  // namespace

std::vector<Workload> Base64Encode() {
  return {
      {.id = "base64-encode", .title = "base64 of 33 bytes", .item = "text", .prepare = Prepare}};
}

}  // namespace sigvet
