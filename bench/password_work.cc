#include "bench/password_work.h"

#include <algorithm>

#include "base/check.h"
#include "base/hex.h"

namespace sigvet {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string Key(std::size_t index) {
  std::string key = "AWS4";
  for (std::size_t j = 0; j < 40; ++j) {
    key += kAlphabet[(index * (j + 1) + (index >> 6) + j * j) % 64];
  }
  return key;
}

// def password(secret):
//   key = ("AWS4" + secret).encode()
//   for m in b"11111111", b"us-east-1", b"ses", b"aws4_request", b"SendRawEmail":
//     key = hmac.digest(key, m, "sha256")
//   return base64.b64encode(b"\4" + key)
// print(hashlib.sha256(b"".join(password(secret(i)) for i in range(count))).hexdigest())
struct KnownPasswords {
  std::size_t count;
  std::string_view sha256;
};
constexpr auto kKnown = std::to_array<KnownPasswords>({
    {16, "98bdc29fac2bd01089de41f89df86b9d5d8e2f0831c1721456e6d26289c7f1b6"},
    {256, "29cb1fa18ab8d61e04cfcea3500ea1dac2ed927d5d5ee6ea9b9786a30148df5d"},
    {1024, "e5a77a85a4e034ccfbc603056c60a82b8c61d791ecdec9a54a9545fcb6beec43"},
    {4096, "7f2363010dc253243fef3e43dfa1e9a511f44f5c1610ba4fae208ad4df2bf5f8"},
});

}  // namespace

PasswordWork::PasswordWork(Backend& backend, std::size_t count)
    : backend_(backend), macs_(std::min(count, kBatch) * kStages) {
  const std::array<ByteView, kStages> messages = {AsBytes("11111111"), AsBytes("us-east-1"),
                                                  AsBytes("ses"), AsBytes("aws4_request"),
                                                  AsBytes("SendRawEmail")};
  chain_ = backend.PrepareChain(messages);
  for (std::size_t i = 0; i < count; ++i) key_texts_.push_back(Key(i));
  for (const std::string& key : key_texts_) keys_.push_back(AsBytes(key));
}

std::string_view PasswordWork::Encode(const Digest& mac) {
  std::ranges::copy(mac, raw_.begin() + 1);
  backend_.Base64Encode(raw_, text_);
  return {text_.data(), text_.size()};
}

std::optional<Error> PasswordWork::CheckMany(std::size_t count) {
  std::string passwords;
  DeriveMany(count, [&](std::string_view password) { passwords += password; });
  return CheckAll(count, passwords);
}

std::optional<Error> PasswordWork::CheckOneByOne(std::size_t count) {
  std::string passwords;
  for (std::size_t i = 0; i < count; ++i) passwords += DeriveOne(i);
  return CheckAll(count, passwords);
}

std::optional<Error> PasswordWork::CheckAll(std::size_t count, std::string_view passwords) {
  const auto* const known = std::ranges::find(kKnown, count, &KnownPasswords::count);
  Check(known != kKnown.end(), "these passwords are not known");
  const std::string actual = ToHex(backend_.Sha256(AsBytes(passwords)));
  if (actual == known->sha256) return std::nullopt;
  return Error{"the SHA-256 of " + std::to_string(count) + " passwords is " + actual + ", not " +
               std::string(known->sha256)};
}

}  // namespace sigvet
