// Every call here has the same form in Botan 2 and in Botan 3.

#include <botan/base64.h>
#include <botan/hash.h>
#include <botan/mac.h>
#include <botan/version.h>

#include "backends/backend.h"
#include "backends/backend_factory.h"
#include "backends/base64_strict.h"
#include "base/secret.h"

namespace sigvet {
namespace {

class BotanBackend final : public Backend {
 public:
  BotanBackend()
      : hash_(Botan::HashFunction::create_or_throw("SHA-256")),
        mac_(Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)")) {}

  BackendInfo Info() const override {
    return Guarded("Botan's provider look-up", [&] {
      // "base" is Botan's own code, on whatever kernel it has chosen.
      const std::string provider = hash_->provider();
      return BackendInfo{.library = std::string("Botan ") + Botan::short_version_cstr(),
                         .kernel = provider == "base" ? "" : provider};
    });
  }

  Digest Sha256(ByteView message) override {
    return Guarded("Botan's SHA-256", [&] { return Hash(message); });
  }

  Digest HmacSha256(ByteView key, ByteView message) override {
    return Guarded("Botan's HMAC-SHA-256", [&] {
      // Botan refuses keys of more than 4096 bytes. HMAC begins by hashing such a key.
      Wiped<Digest> hashed_key;
      if (!mac_->valid_keylength(key.size())) {
        *hashed_key = Hash(key);
        key = *hashed_key;
      }
      mac_->set_key(key.data(), key.size());
      mac_->update(message.data(), message.size());
      Digest mac;
      mac_->final(mac.data());
      return mac;
    });
  }

  std::optional<Bytes> Base64Decode(std::string_view text) override {
    if (!IsCanonicalBase64(text)) return std::nullopt;
    return Guarded("Botan's base64 decoder", [&] {
      Bytes bytes(Botan::base64_decode_max_output(text.size()));
      bytes.resize(Botan::base64_decode(bytes.data(), text.data(), text.size(), false));
      return bytes;
    });
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    Guarded("Botan's base64 encoder", [&] {
      std::size_t consumed = 0;
      return Botan::base64_encode(text.data(), bytes.data(), bytes.size(), consumed,
                                  /*final_inputs=*/true);
    });
  }

  Digest Hash(ByteView message) {
    hash_->update(message.data(), message.size());
    Digest digest;
    hash_->final(digest.data());
    return digest;
  }

  std::unique_ptr<Botan::HashFunction> hash_;
  std::unique_ptr<Botan::MessageAuthenticationCode> mac_;
};

}  // namespace

BackendResult MakeBotanBackend() { return TryMakeBackend<BotanBackend>(); }

}  // namespace sigvet
