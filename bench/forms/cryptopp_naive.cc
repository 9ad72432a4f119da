// Crypto++ as its wiki shows it: a new object for each message, and a pipeline of filters.

#include <cryptopp/base64.h>
#include <cryptopp/cryptlib.h>
#include <cryptopp/filters.h>
#include <cryptopp/hmac.h>
#include <cryptopp/sha.h>

#include <algorithm>

#include "backends/backend_factory.h"
#include "base/check.h"
#include "bench/forms/form.h"

namespace sigvet {
namespace {

Digest ToDigest(const std::string& text) {
  Check(text.size() == kDigestBytes, "a pipeline made no digest");
  Digest digest;
  std::ranges::copy(AsBytes(text), digest.begin());
  return digest;
}

class CryptoppNaive final : public Form {
 public:
  CryptoppNaive() : Form("cryptopp") {}

  Digest Sha256(ByteView message) override {
    return Guarded("Crypto++'s SHA-256", [&] {
      CryptoPP::SHA256 hash;
      return Pump(hash, message);
    });
  }

  Digest HmacSha256(ByteView key, ByteView message) override {
    return Guarded("Crypto++'s HMAC-SHA-256", [&] {
      const std::uint8_t none = 0;
      CryptoPP::HMAC<CryptoPP::SHA256> hmac(key.empty() ? &none : key.data(), key.size());
      return Pump(hmac, message);
    });
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    Guarded("Crypto++'s base64 encoder", [&] {
      // The filters delete what is attached to them.
      std::string encoded;
      CryptoPP::StringSource source(bytes.data(), bytes.size(), /*pumpAll=*/true,
                                    new CryptoPP::Base64Encoder(new CryptoPP::StringSink(encoded),
                                                                /*insertLineBreaks=*/false));
      std::ranges::copy(encoded, text.begin());
    });
  }

  static Digest Pump(CryptoPP::HashTransformation& hash, ByteView message) {
    std::string digest;
    CryptoPP::StringSource source(message.data(), message.size(), /*pumpAll=*/true,
                                  new CryptoPP::HashFilter(hash, new CryptoPP::StringSink(digest)));
    return ToDigest(digest);
  }
};

}  // namespace

BackendResult MakeCryptoppNaive() { return TryMakeBackend<CryptoppNaive>(); }

}  // namespace sigvet
