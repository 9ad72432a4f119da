// Shows whether the AVX-SSE transition trap has come back: code of many lanes that leaves the upper
// halves of the vector registers in use makes the SSE code after it slower, SHA-NI's above all,
// which has legacy SSE encodings alone. Every result stays right.
//
// One message of one block is the least work that there is between two switches, and so the most
// that they show. How to read it: against an earlier run on the same machine, as sigvet gate does.
// Without the vzeroupper of the AVX-512 kernel a pair took 1490 ns instead of 1327 on an Emerald
// Rapids server, some 400 cycles more; many-keys/16 and ses-password did not show it.

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.h"
#include "bench/workloads/workloads.h"

namespace sigvet {
namespace {

constexpr std::size_t kAtOnce = 16;

// keys = [bytes((j * 7 + 3 + i) % 256 for j in range(32)) for i in range(17)]
// print(hashlib.sha256(b"".join(hmac.digest(k, b"11111111", "sha256") for k in keys)).hexdigest())
constexpr std::string_view kSha256OfMacs =
    "343beba4c518c4c5021d4d878d36c0be319df6d0d9b23d5da9f24ad0ee89b574";

class SwitchWork {
 public:
  explicit SwitchWork(Backend& backend) {
    const std::array<ByteView, 1> message = {AsBytes("11111111")};
    chain_ = backend.PrepareChain(message);
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      for (std::size_t j = 0; j < kDigestBytes; ++j) {
        keys_[i][j] = static_cast<std::uint8_t>(j * 7 + 3 + i);
      }
      views_[i] = keys_[i];
    }
  }

  void DeriveMany() {
    chain_->DeriveMany(std::span(views_).first(kAtOnce), std::span(macs_).first(kAtOnce));
    benchmark::DoNotOptimize(macs_);
  }

  void DeriveOne() {
    chain_->Derive(views_.back(), std::span(macs_).last(1));
    benchmark::DoNotOptimize(macs_);
  }

  /// Of all MACs, one behind the other.
  Digest Hash(Backend& backend) const {
    Bytes all;
    for (const Digest& mac : macs_) all.insert(all.end(), mac.begin(), mac.end());
    return backend.Sha256(all);
  }

 private:
  std::unique_ptr<HmacChain> chain_;
  std::array<Digest, kAtOnce + 1> keys_ = {};
  std::array<ByteView, kAtOnce + 1> views_ = {};
  std::array<Digest, kAtOnce + 1> macs_ = {};
};

Result<PreparedWork> Prepare(Backend* backend) {
  const auto work = std::make_shared<SwitchWork>(*backend);
  work->DeriveMany();
  work->DeriveOne();
  if (const std::string hex = ToHex(work->Hash(*backend)); hex != kSha256OfMacs) {
    return Error{"the SHA-256 of the MACs is " + hex + ", not " + std::string(kSha256OfMacs)};
  }
  return PreparedWork{.loop = [work](benchmark::State& state) {
    for (auto _ : state) {
      work->DeriveMany();
      work->DeriveOne();
    }
  }};
}

}  // namespace

std::vector<Workload> KernelSwitch() {
  return {{.id = "kernel-switch",
           .title = "MACs of 16 keys at once, then of one: slower than before by a tenth where AVX "
                    "code slows down the SSE code after it",
           .item = "pair",
           .is_use = false,
           .prepare = Prepare}};
}

}  // namespace sigvet
