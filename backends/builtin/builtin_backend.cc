#include "backends/builtin/builtin_backend.h"

#include <vector>

#include "backends/builtin/base64.h"
#include "backends/builtin/sha256_engine.h"
#include "base/check.h"

namespace sigvet {
namespace {

/// Keeps every message padded, so that deriving is nothing but the kernel's work.
class BuiltinChain final : public HmacChain {
 public:
  BuiltinChain(const Sha256Kernel& kernel, std::span<const ByteView> messages)
      : HmacChain(messages.size()), engine_(kernel) {
    for (const ByteView message : messages) {
      const std::size_t whole_bytes = message.size() / kSha256BlockBytes * kSha256BlockBytes;
      std::array<std::uint8_t, 2 * kSha256BlockBytes> tail;
      const std::size_t tail_blocks =
          PadSha256(message.subspan(whole_bytes), kSha256BlockBytes + message.size(), tail.data());
      blocks_.insert(blocks_.end(), message.data(), message.data() + whole_bytes);
      blocks_.insert(blocks_.end(), tail.data(), tail.data() + tail_blocks * kSha256BlockBytes);
      block_counts_.push_back(whole_bytes / kSha256BlockBytes + tail_blocks);
    }
  }

  void Derive(ByteView key, std::span<Digest> macs) override {
    Check(macs.size() == length(), "a chain's MACs need one place for each message");
    const std::uint8_t* message = blocks_.data();
    for (std::size_t i = 0; i < macs.size(); ++i) {
      engine_.SetKey(key);
      macs[i] = engine_.MacPadded(message, block_counts_[i]);
      message += block_counts_[i] * kSha256BlockBytes;
      key = macs[i];
    }
  }

 private:
  Sha256Engine engine_;
  Bytes blocks_;                           ///< of all messages, one after the other
  std::vector<std::size_t> block_counts_;  ///< of each message
};

class BuiltinBackend final : public Backend {
 public:
  explicit BuiltinBackend(const Sha256Kernel& kernel) : engine_(kernel) {}

  BackendInfo Info() const override {
    return {.library = "sigvet " SIGVET_VERSION, .kernel = std::string(engine_.kernel().name)};
  }

  Digest Sha256(ByteView message) override { return engine_.Hash(message); }

  Digest HmacSha256(ByteView key, ByteView message) override {
    engine_.SetKey(key);
    return engine_.Mac(message);
  }

  std::unique_ptr<HmacChain> PrepareChain(std::span<const ByteView> messages) override {
    return std::make_unique<BuiltinChain>(engine_.kernel(), messages);
  }

  std::string Base64Encode(ByteView bytes) override { return EncodeBase64(bytes); }

  std::optional<Bytes> Base64Decode(std::string_view text) override { return DecodeBase64(text); }

 private:
  Sha256Engine engine_;
};

}  // namespace

BackendResult MakeBuiltinBackend() { return BackendResult(MakeBuiltinBackend(BestSha256Kernel())); }

std::unique_ptr<Backend> MakeBuiltinBackend(const Sha256Kernel& kernel) {
  Check(kernel.supported(), "the SHA-256 kernel does not run on this machine");
  return std::make_unique<BuiltinBackend>(kernel);
}

}  // namespace sigvet
