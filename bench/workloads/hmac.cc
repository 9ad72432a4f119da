// HMAC-SHA-256 of one message under a key of 32 bytes, another one each time, by the message's
// size.

#include <array>
#include <memory>
#include <string>

#include "base/hex.h"
#include "bench/hash_sizes.h"
#include "bench/workloads/workloads.h"

namespace sigvet {
namespace {

Result<PreparedWork> Prepare(Backend* backend, const SizedMessage& size) {
  const auto message = std::make_shared<const Bytes>(HashMessage(size.bytes));
  // A backend that keeps what it computed of the last key would be timed without it.
  std::array<Digest, 2> keys = {HashKey(), HashKey()};
  keys[1].back() ^= 1;
  backend->HmacSha256(keys[1], *message);
  if (const std::string hex = ToHex(backend->HmacSha256(keys[0], *message)); hex != size.hmac) {
    return Error{"the HMAC is " + hex + ", not " + std::string(size.hmac)};
  }
  return PreparedWork{.loop =
                          [backend, message, keys](benchmark::State& state) {
                            std::size_t turn = 0;
                            for (auto _ : state) {
                              turn ^= 1;
                              benchmark::DoNotOptimize(backend->HmacSha256(keys[turn], *message));
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
         .title = "HMAC of " + std::to_string(size.bytes) + " bytes under a new key of 32",
         .item = size.counts_bytes() ? "byte" : "MAC",
         .prepare = [&size](Backend* backend) { return Prepare(backend, size); }});
  }
  return workloads;
}

}  // namespace sigvet
