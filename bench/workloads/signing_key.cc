// A signing key as a signer derives it once a day, region and service: the chain is prepared for
// this one key.

#include <memory>
#include <string>

#include "base/hex.h"
#include "base/secret.h"
#include "bench/workloads/workloads.h"
#include "signing/sigv4_signing_key.h"

namespace sigvet {
namespace {

constexpr Sigv4Scope kScope = {"20150830", "us-east-1", "iam"};

/// "Deriving a signing key", AWS General Reference.
constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kPublished =
    "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9";

Result<PreparedWork> Prepare(Backend* backend) {
  const auto secret = std::make_shared<const Secret>(kSecret);
  const auto key = DeriveSigv4SigningKey(*backend, *secret, kScope);
  if (!key) return key.error();
  if (const std::string hex = ToHex((*key)->signing_key()); hex != kPublished) {
    return Error{"the published signing key is " + std::string(kPublished) + ", not " + hex};
  }
  return PreparedWork{.loop = [backend, secret](benchmark::State& state) {
    for (auto _ : state) {
      benchmark::DoNotOptimize(DeriveSigv4SigningKey(*backend, *secret, kScope));
    }
  }};
}

}  // namespace

std::vector<Workload> SigningKey() {
  return {{.id = "signing-key",
           .title = "one SigV4 signing key, its chain prepared for it alone",
           .item = "key",
           .prepare = Prepare}};
}

}  // namespace sigvet
