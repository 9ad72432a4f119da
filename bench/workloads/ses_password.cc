// What a caller does for each secret who has prepared the chain of a region: five MACs and base64.

#include <cstddef>
#include <memory>
#include <utility>

#include "base/secret.h"
#include "bench/password_work.h"
#include "bench/workloads/workloads.h"
#include "signing/ses_smtp_password.h"

namespace sigvet {
namespace {

/// As many secrets take turns, lest a backend that keeps the state of the last key gains by it.
constexpr std::size_t kSecrets = 16;

/// ses/published/rust-sample of the corpus.
std::optional<Error> CheckPublished(Backend& backend) {
  constexpr std::string_view kPublished = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9";
  const Secret secret(std::string_view("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
  const auto stages = DeriveSesSmtpPasswordV4(backend, secret, "us-east-1");
  if (!stages) return stages.error();
  const std::string_view password = AsText(stages->password.Reveal());
  if (password == kPublished) return std::nullopt;
  return Error{"the published password is " + std::string(kPublished) + ", not " +
               std::string(password)};
}

Result<PreparedWork> Prepare(Backend* backend) {
  if (auto error = CheckPublished(*backend)) return *std::move(error);
  const auto work = std::make_shared<PasswordWork>(*backend, kSecrets);
  if (auto error = work->CheckOneByOne(kSecrets)) return *std::move(error);
  return PreparedWork{.loop = [work](benchmark::State& state) {
    std::size_t next = 0;
    for (auto _ : state) {
      benchmark::DoNotOptimize(work->DeriveOne(next));
      next = (next + 1) % kSecrets;
    }
  }};
}

}  // namespace

std::vector<Workload> SesPassword() {
  return {{.id = "ses-password",
           .title = "one SES v4 password, the region's chain prepared before",
           .item = "password",
           .prepare = Prepare}};
}

}  // namespace sigvet
