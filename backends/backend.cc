#include "backends/backend.h"

#include <vector>

#include "base/check.h"

namespace sigvet {
namespace {

class LoopChain final : public HmacChain {
 public:
  LoopChain(Backend& backend, std::span<const ByteView> messages)
      : HmacChain(messages.size()), backend_(backend) {
    messages_.reserve(messages.size());
    for (const ByteView message : messages) messages_.emplace_back(message.begin(), message.end());
  }

  void Derive(ByteView key, std::span<Digest> macs) override {
    Check(macs.size() == length(), "a chain's MACs need one place for each message");
    for (std::size_t i = 0; i < macs.size(); ++i) {
      macs[i] = backend_.HmacSha256(key, messages_[i]);
      key = macs[i];
    }
  }

 private:
  Backend& backend_;
  std::vector<Bytes> messages_;
};

}  // namespace

void HmacChain::DeriveMany(std::span<const ByteView> keys, std::span<Digest> macs) {
  Check(macs.size() == keys.size() * length(), "a chain's MACs need one place for each message");
  for (std::size_t k = 0; k < keys.size(); ++k) {
    Derive(keys[k], macs.subspan(k * length(), length()));
  }
}

std::string Backend::Base64Encode(ByteView bytes) {
  std::string text(Base64Size(bytes.size()), '\0');
  DoBase64Encode(bytes, text);
  return text;
}

std::unique_ptr<HmacChain> Backend::PrepareChain(std::span<const ByteView> messages) {
  return std::make_unique<LoopChain>(*this, messages);
}

}  // namespace sigvet
