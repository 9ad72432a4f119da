// HMAC-SHA-256 of one message under a key of 32 bytes, by the message's size.

#include <memory>
#include <string>

#include "base/hex.h"
#include "bench/hash_sizes.h"
#include "bench/workloads/workloads.h"

namespace sigvet {
namespace {

Result<PreparedWork> Prepare(Backend* backend, const SizedMessage& size) {
  const auto message = std::make_shared<const Bytes>(HashMessage(size.bytes));
  const Digest key = HashKey();
  if (const std::string hex = ToHex(backend->HmacSha256(key, *message)); hex != size.hmac) {
    return Error{"the HMAC is " + hex + ", not " + std::string(size.hmac)};
  }
  return PreparedWork{.loop =
                          [backend, message, key](benchmark::State& state) {
                            for (auto _ : state) {
                              benchmark::DoNotOptimize(backend->HmacSha256(key, *message));
                            }
                          },
                      .items = size.counts_bytes() ? size.bytes : 1};
}

}  // namespace

std::vector<Workload> Hmac() {
  std::vector<Workload> workloads;
  workloads.reserve(kSizedMessages.size());
  for (const SizedMessage& size : kSizedMessages) {
    workloads.push_back(
        {.id = "hmac/" + std::to_string(size.bytes),
         .title = "HMAC of " + std::to_string(size.bytes) + " bytes under a key of 32",
         .item = size.counts_bytes() ? "byte" : "MAC",
         .prepare = [&size](Backend* backend) { return Prepare(backend, size); }});
  }
  return workloads;
}

}  // namespace sigvet
