// OpenSSL as most code uses it: every call looks the algorithm up and makes a context.

#include <openssl/bio.h>
#include <openssl/buffer.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <limits>

#include "backends/backend_factory.h"
#include "bench/forms/form.h"

namespace sigvet {
namespace {

void Require(bool success, const char* call) {
  if (!success) throw BackendError("OpenSSL's " + std::string(call) + " failed");
}

class OpensslNaive final : public Form {
 public:
  OpensslNaive() : Form("openssl") {}

  Digest Sha256(ByteView message) override {
    Digest digest;
    Require(SHA256(message.data(), message.size(), digest.data()) != nullptr, "SHA256");
    return digest;
  }

  Digest HmacSha256(ByteView key, ByteView message) override {
    Require(key.size() <= std::numeric_limits<int>::max(), "HMAC with so long a key");
    Digest mac;
    // A null key would be refused.
    const void* const key_data = key.empty() ? mac.data() : key.data();
    Require(HMAC(EVP_sha256(), key_data, static_cast<int>(key.size()), message.data(),
                 message.size(), mac.data(), nullptr) != nullptr,
            "HMAC");
    return mac;
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> chain(
        BIO_push(BIO_new(BIO_f_base64()), BIO_new(BIO_s_mem())), &BIO_free_all);
    Require(chain != nullptr, "BIO_new");
    BIO_set_flags(chain.get(), BIO_FLAGS_BASE64_NO_NL);
    std::size_t written = 0;
    Require(bytes.empty() || BIO_write_ex(chain.get(), bytes.data(), bytes.size(), &written) == 1,
            "BIO_write_ex");
    Require(written == bytes.size() && BIO_flush(chain.get()) == 1, "BIO_flush");
    BUF_MEM* encoded = nullptr;
    BIO_get_mem_ptr(chain.get(), &encoded);
    Require(encoded->length == text.size(), "base64 filter");
    std::copy_n(encoded->data, encoded->length, text.begin());
  }
};

}  // namespace

BackendResult MakeOpensslNaive() { return TryMakeBackend<OpensslNaive>(); }

}  // namespace sigvet
