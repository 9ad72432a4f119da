#include "signing/ses_smtp_password.h"

#include <algorithm>
#include <array>

namespace sigvet {
namespace {

constexpr std::string_view kDate = "11111111";
constexpr std::string_view kService = "ses";
constexpr std::string_view kTerminal = "aws4_request";
constexpr std::string_view kMessage = "SendRawEmail";
constexpr std::string_view kPrefix = "AWS4";

/// Keys of up to this size need no allocation; secret access keys have 40 characters.
constexpr std::size_t kUsualKeyBytes = 64;

Error EmptySecret() {
  return {"the secret is empty", {}, "a derivation needs a secret access key"};
}

Secret EncodePassword(Backend& backend, std::uint8_t version, const Digest& mac) {
  Wiped<std::array<std::uint8_t, 1 + kDigestBytes>> raw;
  raw->front() = version;
  std::copy(mac.begin(), mac.end(), raw->begin() + 1);
  Wiped<std::array<char, Base64Size(sizeof *raw)>> text;
  backend.Base64Encode(*raw, *text);
  return Secret(std::string_view(text->data(), text->size()));
}

void DeriveKeys(HmacChain& chain, ByteView secret, std::span<Digest> keys) {
  Wiped<std::array<std::uint8_t, kUsualKeyBytes>> usual;
  if (kPrefix.size() + secret.size() > usual->size()) {
    chain.Derive(Secret(kPrefix, secret).Reveal(), keys);
    return;
  }
  auto* end = std::copy(kPrefix.begin(), kPrefix.end(), usual->begin());
  end = std::copy(secret.begin(), secret.end(), end);
  chain.Derive(ByteView(usual->begin(), end), keys);
}

}  // namespace

Result<SesSmtpPasswordV2> DeriveSesSmtpPasswordV2(Backend& backend, const Secret& secret) {
  if (secret.empty()) return EmptySecret();
  SesSmtpPasswordV2 stages;
  *stages.mac = backend.HmacSha256(secret.Reveal(), AsBytes(kMessage));
  stages.password = EncodePassword(backend, 0x02, *stages.mac);
  return stages;
}

Result<SesSmtpPasswordV4Deriver> SesSmtpPasswordV4Deriver::Create(Backend& backend,
                                                                  std::string_view region) {
  if (region.empty()) return Error{"the region is empty", {}, "as in us-east-1"};
  const std::array<ByteView, 5> messages = {AsBytes(kDate), AsBytes(region), AsBytes(kService),
                                            AsBytes(kTerminal), AsBytes(kMessage)};
  return SesSmtpPasswordV4Deriver(backend, backend.PrepareChain(messages));
}

Result<SesSmtpPasswordV4> SesSmtpPasswordV4Deriver::Derive(const Secret& secret) {
  if (secret.empty()) return EmptySecret();
  SesSmtpPasswordV4 stages;
  DeriveKeys(*chain_, secret.Reveal(), stages.keys->chain);
  stages.password = EncodePassword(*backend_, 0x04, stages.keys->message_key());
  return stages;
}

Result<SesSmtpPasswordV4> DeriveSesSmtpPasswordV4(Backend& backend, const Secret& secret,
                                                  std::string_view region) {
  Result<SesSmtpPasswordV4Deriver> deriver = SesSmtpPasswordV4Deriver::Create(backend, region);
  if (!deriver) return deriver.error();
  return deriver->Derive(secret);
}

}  // namespace sigvet
