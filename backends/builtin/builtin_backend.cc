#include "backends/builtin/builtin_backend.h"

#include "backends/builtin/base64.h"
#include "backends/builtin/builtin_chain.h"
#include "backends/builtin/sha256_engine.h"
#include "base/check.h"

namespace sigvet {
namespace {

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
    return MakeBuiltinChain(engine_.kernel(), messages);
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
