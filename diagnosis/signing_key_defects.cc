#include <array>
#include <initializer_list>

#include "base/bytes.h"
#include "base/hex.h"
#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr SignaturePart kPart = SignaturePart::kSecret;
constexpr std::string_view kEnd = "aws4_request";

/// The HMAC of each message under the MAC of the one before it.
Secret Chain(Backend& backend, Secret key, std::initializer_list<std::string_view> messages) {
  for (const std::string_view message : messages) {
    Digest mac = backend.HmacSha256(key.Reveal(), AsBytes(message));
    key = Secret(ByteView(mac));
    SecureWipe(mac.data(), mac.size());
  }
  return key;
}

Secret WithPrefix(std::string_view secret) { return {"AWS4", AsBytes(secret)}; }

Secret WithoutPrefix(Backend& backend, std::string_view secret, const Sigv4Claim& claim) {
  return Chain(backend, Secret(secret), {claim.date, claim.region, claim.service, kEnd});
}

Secret WithoutEnd(Backend& backend, std::string_view secret, const Sigv4Claim& claim) {
  return Chain(backend, WithPrefix(secret), {claim.date, claim.region, claim.service});
}

Secret Swapped(Backend& backend, std::string_view secret, const Sigv4Claim& claim) {
  return Chain(backend, WithPrefix(secret), {claim.date, claim.service, claim.region, kEnd});
}

Secret SecretItself(Backend&, std::string_view secret, const Sigv4Claim&) { return Secret(secret); }

Secret FromTimestamp(Backend& backend, std::string_view secret, const Sigv4Claim& claim) {
  return Chain(backend, WithPrefix(secret), {claim.timestamp, claim.region, claim.service, kEnd});
}

Secret HexKeys(Backend& backend, std::string_view secret, const Sigv4Claim& claim) {
  Secret key = WithPrefix(secret);
  const std::array<std::string_view, 4> messages = {claim.date, claim.region, claim.service, kEnd};
  for (const std::string_view message : messages) {
    Digest mac = backend.HmacSha256(key.Reveal(), AsBytes(message));
    std::string hex = ToHex(mac);
    const std::string_view digits = hex;
    key = Secret(digits);
    SecureWipe(hex.data(), hex.size());
    SecureWipe(mac.data(), mac.size());
  }
  return key;
}

constexpr const char* kChainHint =
    "AWS4 + secret is the key for the date, and each result the key for the next of region, "
    "service and aws4_request";

constexpr Defect kDefects[] = {
    {.id = "key-without-prefix",
     .part = kPart,
     .sentence = "the signing key was derived from the secret without AWS4 before it",
     .remedy = kChainHint,
     .derive_key = WithoutPrefix},
    {.id = "key-without-end",
     .part = kPart,
     .sentence = "the signing key was derived without its last step, aws4_request",
     .remedy = kChainHint,
     .derive_key = WithoutEnd},
    {.id = "key-region-and-service-swapped",
     .part = kPart,
     .sentence = "the signing key was derived over the service before the region",
     .remedy = kChainHint,
     .derive_key = Swapped},
    {.id = "key-from-timestamp",
     .part = kPart,
     .sentence = "the signing key was derived over the whole timestamp, not the date",
     .remedy = "take the first eight digits of X-Amz-Date",
     .derive_key = FromTimestamp},
    {.id = "key-hex",
     .part = kPart,
     .sentence = "the keys of the signing key's steps were used as hex digits, not as bytes",
     .remedy = "take the 32 bytes of each HMAC; only the signature is written in hex",
     .derive_key = HexKeys},
    {.id = "key-is-secret",
     .part = kPart,
     .sentence = "the string to sign was signed with the secret itself, not with a signing key",
     .remedy = kChainHint,
     .derive_key = SecretItself},
};

}  // namespace

std::span<const Defect> SigningKeyDefects() { return kDefects; }

}  // namespace sigvet
