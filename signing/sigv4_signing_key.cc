#include "signing/sigv4_signing_key.h"

#include <algorithm>
#include <array>

namespace sigvet {
namespace {

constexpr std::size_t kDateDigits = 8;

bool IsDate(std::string_view text) {
  return text.size() == kDateDigits &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Wiped<Sigv4SigningKey>> DeriveSigv4SigningKey(Backend& backend, const Secret& secret,
                                                     const Sigv4Scope& scope) {
  if (secret.empty()) return Error{"the secret is empty"};
  if (!IsDate(scope.date)) return Error{"the date is not eight digits", {}, "as in 20150830"};
  if (scope.region.empty()) return Error{"the region is empty", {}, "as in us-east-1"};
  if (scope.service.empty()) return Error{"the service is empty", {}, "as in s3"};

  const std::array<ByteView, 4> messages = {AsBytes(scope.date), AsBytes(scope.region),
                                            AsBytes(scope.service), AsBytes(kSigv4Terminal)};
  const Secret key("AWS4", secret.Reveal());
  Wiped<Sigv4SigningKey> stages;
  backend.PrepareChain(messages)->Derive(key.Reveal(), stages->chain);
  return stages;
}

}  // namespace sigvet
