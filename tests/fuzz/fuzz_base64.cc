// Every backend must decode and refuse the same texts, and encode what it decoded back to the text.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "backends/backend_registry.h"
#include "base/check.h"

namespace {

std::vector<std::unique_ptr<sigvet::Backend>> MakeBackends() {
  std::vector<std::unique_ptr<sigvet::Backend>> backends;
  for (const sigvet::BackendEntry& entry : sigvet::AllBackends()) {
    if (auto backend = sigvet::MakeBackend(entry.id)) backends.push_back(std::move(*backend));
  }
  sigvet::Check(backends.size() >= 2, "nothing to compare");
  return backends;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto backends = MakeBackends();
  const sigvet::ByteView bytes(data, size);
  const std::string_view text = sigvet::AsText(bytes);
  const auto first = backends.front()->Base64Decode(text);
  const std::string encoded = backends.front()->Base64Encode(bytes);
  for (const auto& backend : backends) {
    const auto decoded = backend->Base64Decode(text);
    sigvet::Check(decoded == first, "backends decode differently");
    if (decoded) sigvet::Check(backend->Base64Encode(*decoded) == text, "not the inverse");
    sigvet::Check(backend->Base64Encode(bytes) == encoded, "backends encode differently");
  }
  return 0;
}
