// Botan as its handbook's examples use it: an object is made by name for each message.

#include <botan/base64.h>
#include <botan/hash.h>
#include <botan/mac.h>

#include <algorithm>

#include "backends/backend_factory.h"
#include "bench/forms/form.h"

namespace sigvet {
namespace {

Digest ToDigest(const Botan::secure_vector<std::uint8_t>& bytes) {
  Digest digest;
  std::copy_n(bytes.begin(), digest.size(), digest.begin());
  return digest;
}

class BotanNaive final : public Form {
 public:
  BotanNaive() : Form("botan") {}

  Digest Sha256(ByteView message) override {
    return Guarded("Botan's SHA-256", [&] {
      const auto hash = Botan::HashFunction::create_or_throw("SHA-256");
      return ToDigest(hash->process(message.data(), message.size()));
    });
  }

  Digest HmacSha256(ByteView key, ByteView message) override {
    return Guarded("Botan's HMAC-SHA-256", [&] {
      const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
      // Botan refuses keys of more than 4096 bytes. HMAC begins by hashing such a key.
      if (mac->valid_keylength(key.size())) {
        mac->set_key(key.data(), key.size());
      } else {
        const Digest hashed_key = Sha256(key);
        mac->set_key(hashed_key.data(), hashed_key.size());
      }
      mac->update(message.data(), message.size());
      return ToDigest(mac->final());
    });
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    Guarded("Botan's base64 encoder", [&] {
      std::ranges::copy(Botan::base64_encode(bytes.data(), bytes.size()), text.begin());
    });
  }
};

}  // namespace

BackendResult MakeBotanNaive() { return TryMakeBackend<BotanNaive>(); }

}  // namespace sigvet
