#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstddef>

#include "diagnosis/other_macs.h"

namespace sigvet {
namespace {

const char* NameOf(OtherHash hash) {
  switch (hash) {
    case OtherHash::kSha1:
      return "SHA1";
    case OtherHash::kSha512:
      return "SHA512";
    case OtherHash::kMd5:
      return "MD5";
    case OtherHash::kSha3:
      return "SHA3-256";
  }
  return "";
}

}  // namespace

Secret OtherHmac(OtherHash hash, ByteView key, ByteView message) {
  // OpenSSL takes a null key for none at all, also where it is empty.
  static constexpr unsigned char kNothing = 0;
  Wiped<std::array<unsigned char, EVP_MAX_MD_SIZE>> mac;
  std::size_t size = 0;
  const unsigned char* const result = EVP_Q_mac(
      nullptr, "HMAC", nullptr, NameOf(hash), nullptr, key.empty() ? &kNothing : key.data(),
      key.size(), message.data(), message.size(), mac->data(), mac->size(), &size);
  if (result == nullptr) return {};
  return Secret(ByteView(mac->data(), size));
}

}  // namespace sigvet
