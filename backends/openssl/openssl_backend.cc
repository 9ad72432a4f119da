#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <span>

#include "backends/backend.h"
#include "backends/backend_factory.h"
#include "backends/base64_strict.h"
#include "base/secret.h"

namespace sigvet {
namespace {

/// HMAC inside OpenSSL takes its key's length as an int. Longer keys than this are hashed before,
/// as HMAC does with them anyway.
constexpr std::size_t kLongestKeyBytes = std::size_t{1} << 20;

/// The block functions for base64 take and return int lengths, so long inputs go in pieces. A
/// multiple of 3 bytes, so that only the last piece is padded.
constexpr std::size_t kPieceBytes = std::size_t{3} << 18;
constexpr std::size_t kPieceChars = kPieceBytes / 3 * 4;

/// The end of what is encoded goes through a place of its own, which has room for a NUL.
constexpr std::size_t kLastBytes = 48;

struct Free {
  void operator()(EVP_MD* md) const { EVP_MD_free(md); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

template <typename T>
using Owned = std::unique_ptr<T, Free>;

[[noreturn]] void ThrowFailure(const std::string& call) {
  std::string why = "no reason given";
  if (const unsigned long code = ERR_peek_last_error(); code != 0) {
    std::array<char, 256> text{};
    ERR_error_string_n(code, text.data(), text.size());
    why = text.data();
  }
  ERR_clear_error();
  throw BackendError("OpenSSL's " + call + " failed: " + why);
}

void Require(bool success, const char* call) {
  if (!success) ThrowFailure(call);
}

class OpensslBackend final : public Backend {
 public:
  OpensslBackend() {
    sha256_.reset(EVP_MD_fetch(nullptr, "SHA2-256", nullptr));
    Require(sha256_ != nullptr, "EVP_MD_fetch(SHA2-256)");
    hash_.reset(EVP_MD_CTX_new());
    Require(hash_ != nullptr, "EVP_MD_CTX_new");
    hmac_.reset(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    Require(hmac_ != nullptr, "EVP_MAC_fetch(HMAC)");
    mac_.reset(EVP_MAC_CTX_new(hmac_.get()));
    Require(mac_ != nullptr, "EVP_MAC_CTX_new");
    std::array digest = std::to_array("SHA2-256");
    const std::array params = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    Require(EVP_MAC_CTX_set_params(mac_.get(), params.data()) == 1, "EVP_MAC_CTX_set_params");
  }

  BackendInfo Info() const override {
    return {.library = OpenSSL_version(OPENSSL_VERSION), .kernel = {}};
  }

  Digest Sha256(ByteView message) override {
    Require(EVP_DigestInit_ex2(hash_.get(), sha256_.get(), nullptr) == 1, "EVP_DigestInit_ex2");
    Require(EVP_DigestUpdate(hash_.get(), message.data(), message.size()) == 1, "EVP_DigestUpdate");
    Digest digest;
    Require(EVP_DigestFinal_ex(hash_.get(), digest.data(), nullptr) == 1, "EVP_DigestFinal_ex");
    return digest;
  }

  Digest HmacSha256(ByteView key, ByteView message) override {
    Wiped<Digest> hashed_key;
    if (key.size() > kLongestKeyBytes) {
      *hashed_key = Sha256(key);
      key = *hashed_key;
    }
    // A null key would mean "the key of the last time".
    const unsigned char* key_data = key.empty() ? hashed_key->data() : key.data();
    Require(EVP_MAC_init(mac_.get(), key_data, key.size(), nullptr) == 1, "EVP_MAC_init");
    Require(EVP_MAC_update(mac_.get(), message.data(), message.size()) == 1, "EVP_MAC_update");
    Digest mac;
    std::size_t written = 0;
    Require(EVP_MAC_final(mac_.get(), mac.data(), &written, mac.size()) == 1, "EVP_MAC_final");
    return mac;
  }

  std::optional<Bytes> Base64Decode(std::string_view text) override {
    if (!IsCanonicalBase64(text)) return std::nullopt;
    // EVP_DecodeBlock counts the padding as bytes.
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    Bytes bytes(text.size() / 4 * 3);
    unsigned char* out = bytes.data();
    ByteView rest = AsBytes(text);
    while (!rest.empty()) {
      const std::size_t taken = std::min(rest.size(), kPieceChars);
      const int written = EVP_DecodeBlock(out, rest.data(), static_cast<int>(taken));
      Require(written >= 0, "EVP_DecodeBlock");
      out += written;
      rest = rest.subspan(taken);
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    auto* out = reinterpret_cast<unsigned char*>(text.data());
    while (bytes.size() > kLastBytes) {
      // EVP_EncodeBlock ends each piece with a NUL, which the next one overwrites.
      const std::size_t taken = std::min((bytes.size() - 1) / 3 * 3, kPieceBytes);
      out += EVP_EncodeBlock(out, bytes.data(), static_cast<int>(taken));
      bytes = bytes.subspan(taken);
    }
    Wiped<std::array<unsigned char, kLastBytes / 3 * 4 + 1>> last;
    const int size = EVP_EncodeBlock(last->data(), bytes.data(), static_cast<int>(bytes.size()));
    std::copy_n(last->data(), size, out);
  }

  Owned<EVP_MD> sha256_;
  Owned<EVP_MD_CTX> hash_;
  Owned<EVP_MAC> hmac_;
  Owned<EVP_MAC_CTX> mac_;
};

}  // namespace

BackendResult MakeOpensslBackend() { return TryMakeBackend<OpensslBackend>(); }

}  // namespace sigvet
