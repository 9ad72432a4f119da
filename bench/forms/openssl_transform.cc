// HMAC by hand on OpenSSL's compression function, as the quickest code on that library does it: the
// messages of a chain are padded once, and a MAC of a short message is four compressions and
// nothing else. The functions are deprecated since OpenSSL 3.0; they are here to be measured.

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "backends/backend_factory.h"
#include "base/check.h"
#include "base/secret.h"
#include "bench/forms/form.h"

namespace sigvet {
namespace {

constexpr std::size_t kBlockBytes = SHA256_CBLOCK;
using Block = std::array<std::uint8_t, kBlockBytes>;

void StoreBigEndian(const SHA256_CTX& state, std::uint8_t* out) {
  for (const SHA_LONG word : state.h) {
    *out++ = static_cast<std::uint8_t>(word >> 24);
    *out++ = static_cast<std::uint8_t>(word >> 16);
    *out++ = static_cast<std::uint8_t>(word >> 8);
    *out++ = static_cast<std::uint8_t>(word);
  }
}

/// `message` and the padding of FIPS 180-4 section 5.1.1, as it stands behind the block of a key.
Bytes PadBehindKey(ByteView message) {
  const std::uint64_t bits = (kBlockBytes + message.size()) * 8;
  Bytes padded(message.begin(), message.end());
  padded.push_back(0x80);
  padded.resize((padded.size() + 8 + kBlockBytes - 1) / kBlockBytes * kBlockBytes);
  for (std::size_t i = 0; i < 8; ++i) {
    padded[padded.size() - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
  }
  return padded;
}

Digest Hash(ByteView message) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, message.data(), message.size());
  Digest digest;
  SHA256_Final(digest.data(), &context);
  return digest;
}

/// HMAC's states. Wiped with what holds it.
struct Work {
  SHA256_CTX initial;
  SHA256_CTX state;
  Block key;
  Block pad;
  /// The inner digest and its padding: of 32 bytes behind a block.
  Block inner_digest;
};

class Hmac {
 public:
  Hmac() {
    SHA256_Init(&work_->initial);
    const Bytes padded = PadBehindKey(Digest{});
    std::copy(padded.begin(), padded.end(), work_->inner_digest.begin());
  }

  /// `padded` is a message as PadBehindKey makes it.
  void Mac(ByteView key, ByteView padded, std::uint8_t* mac) {
    Work& work = *work_;
    work.key = {};
    if (key.size() > kBlockBytes) {
      const Digest hashed = Hash(key);
      std::copy(hashed.begin(), hashed.end(), work.key.begin());
    } else {
      std::copy(key.begin(), key.end(), work.key.begin());
    }
    StartWith(0x36);
    for (std::size_t at = 0; at < padded.size(); at += kBlockBytes) {
      SHA256_Transform(&work.state, padded.data() + at);
    }
    StoreBigEndian(work.state, work.inner_digest.data());
    StartWith(0x5c);
    SHA256_Transform(&work.state, work.inner_digest.data());
    StoreBigEndian(work.state, mac);
  }

 private:
  void StartWith(std::uint8_t pad_byte) {
    Work& work = *work_;
    for (std::size_t i = 0; i < kBlockBytes; ++i) work.pad[i] = work.key[i] ^ pad_byte;
    std::copy(std::begin(work.initial.h), std::end(work.initial.h), std::begin(work.state.h));
    SHA256_Transform(&work.state, work.pad.data());
  }

  Wiped<Work> work_;
};

class TransformChain final : public HmacChain {
 public:
  explicit TransformChain(std::span<const ByteView> messages) : HmacChain(messages.size()) {
    for (const ByteView message : messages) padded_.push_back(PadBehindKey(message));
  }

  void Derive(ByteView key, std::span<Digest> macs) override {
    Check(macs.size() == length(), "a chain's MACs need one place for each message");
    for (std::size_t i = 0; i < macs.size(); ++i) {
      hmac_.Mac(key, padded_[i], macs[i].data());
      key = macs[i];
    }
  }

 private:
  Hmac hmac_;
  std::vector<Bytes> padded_;
};

class OpensslTransform final : public Form {
 public:
  OpensslTransform() : Form("openssl") {}

  Digest Sha256(ByteView message) override { return Hash(message); }

  Digest HmacSha256(ByteView key, ByteView message) override {
    Digest mac;
    hmac_.Mac(key, PadBehindKey(message), mac.data());
    return mac;
  }

  std::unique_ptr<HmacChain> PrepareChain(std::span<const ByteView> messages) override {
    return std::make_unique<TransformChain>(messages);
  }

 private:
  Hmac hmac_;
};

}  // namespace

BackendResult MakeOpensslTransform() { return TryMakeBackend<OpensslTransform>(); }

}  // namespace sigvet
