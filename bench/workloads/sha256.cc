// SHA-256 of one message, by its size.

#include <memory>
#include <string>

#include "base/hex.h"
#include "bench/hash_sizes.h"
#include "bench/workloads/workloads.h"

namespace sigvet {
namespace {

Result<PreparedWork> Prepare(Backend* backend, const SizedMessage& size) {
  const auto message = std::make_shared<const Bytes>(HashMessage(size.bytes));
  if (const std::string hex = ToHex(backend->Sha256(*message)); hex != size.sha256) {
    return Error{"the SHA-256 is " + hex + ", not " + std::string(size.sha256)};
  }
  return PreparedWork{.loop =
                          [backend, message](benchmark::State& state) {
                            for (auto _ : state) {
                              benchmark::DoNotOptimize(backend->Sha256(*message));
                            }
                          },
                      .items = size.counts_bytes() ? size.bytes : 1};
}

}  // namespace

std::vector<Workload> Sha256() {
  std::vector<Workload> workloads;
  workloads.reserve(kSizedMessages.size());
  for (const SizedMessage& size : kSizedMessages) {
    workloads.push_back({.id = "sha256/" + std::to_string(size.bytes),
                         .title = "SHA-256 of " + std::to_string(size.bytes) + " bytes",
                         .item = size.counts_bytes() ? "byte" : "digest",
                         .prepare = [&size](Backend* backend) { return Prepare(backend, size); }});
  }
  return workloads;
}

}  // namespace sigvet
