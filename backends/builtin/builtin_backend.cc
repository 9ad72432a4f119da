#include "backends/builtin/builtin_backend.h"

#include "backends/builtin/base64.h"
#include "backends/builtin/builtin_chain.h"
#include "backends/builtin/sha256_engine.h"
#include "backends/builtin/sha256_kernel_choice.h"
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

  std::optional<Bytes> Base64Decode(std::string_view text) override { return DecodeBase64(text); }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override { EncodeBase64(bytes, text); }

  Sha256Engine engine_;
};

}  // namespace

BackendResult MakeBuiltinBackend() {
  const Result<const Sha256Kernel*> kernel = ChosenSha256Kernel();
  if (kernel.ok()) return MakeBuiltinBackend(**kernel);
  Error error = kernel.error();
  error.message.insert(0, "unavailable, because of ");
  return error;
}

std::unique_ptr<Backend> MakeBuiltinBackend(const Sha256Kernel& kernel) {
  Check(kernel.supported(), "the SHA-256 kernel does not run on this machine");
  return std::make_unique<BuiltinBackend>(kernel);
}

}  // namespace sigvet
