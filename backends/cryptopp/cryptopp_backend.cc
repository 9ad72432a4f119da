#include <cryptopp/base64.h>
#include <cryptopp/cryptlib.h>
#include <cryptopp/filters.h>
#include <cryptopp/hmac.h>
#include <cryptopp/sha.h>

#include <utility>

#include "backends/backend.h"
#include "backends/backend_factory.h"
#include "backends/base64_strict.h"
#include "base/secret.h"

namespace sigvet {
namespace {

class CryptoppBackend final : public Backend {
 public:
  BackendInfo Info() const override {
    return Guarded("Crypto++'s provider look-up", [&] {
      const int version = CryptoPP::LibraryVersion();  // 870 is 8.7.0
      return BackendInfo{.library = "Crypto++ " + std::to_string(version / 100) + '.' +
                                    std::to_string(version / 10 % 10) + '.' +
                                    std::to_string(version % 10),
                         .kernel = hash_.AlgorithmProvider()};
    });
  }

  Digest Sha256(ByteView message) override {
    return Guarded("Crypto++'s SHA-256", [&] { return Hash(message); });
  }

  Digest HmacSha256(ByteView key, ByteView message) override {
    return Guarded("Crypto++'s HMAC-SHA-256", [&] {
      // Crypto++ takes keys of up to INT_MAX bytes. HMAC begins by hashing such a key.
      Wiped<Digest> hashed_key;
      if (!mac_.IsValidKeyLength(key.size())) {
        *hashed_key = Hash(key);
        key = *hashed_key;
      }
      mac_.SetKey(key.empty() ? hashed_key->data() : key.data(), key.size());
      Digest mac;
      mac_.CalculateDigest(mac.data(), message.data(), message.size());
      return mac;
    });
  }

  std::optional<Bytes> Base64Decode(std::string_view text) override {
    if (!IsCanonicalBase64(text)) return std::nullopt;
    return Guarded("Crypto++'s base64 decoder", [&] {
      Bytes bytes;
      bytes.reserve(text.size() / 4 * 3);
      const ByteView characters = AsBytes(text);
      CryptoPP::Base64Decoder decoder(new CryptoPP::VectorSink(bytes));
      decoder.Put(characters.data(), characters.size());
      decoder.MessageEnd();
      return bytes;
    });
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    Guarded("Crypto++'s base64 encoder", [&] {
      auto* const out = reinterpret_cast<CryptoPP::byte*>(text.data());
      CryptoPP::Base64Encoder encoder(new CryptoPP::ArraySink(out, text.size()),
                                      /*insertLineBreaks=*/false);
      encoder.Put(bytes.data(), bytes.size());
      encoder.MessageEnd();
    });
  }

  Digest Hash(ByteView message) {
    Digest digest;
    hash_.CalculateDigest(digest.data(), message.data(), message.size());
    return digest;
  }

  CryptoPP::SHA256 hash_;
  CryptoPP::HMAC<CryptoPP::SHA256> mac_;
};

}  // namespace

BackendResult MakeCryptoppBackend() { return TryMakeBackend<CryptoppBackend>(); }

}  // namespace sigvet
