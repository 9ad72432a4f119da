// A backend that sigvet does not have, behind the interface of its own: this one counts, and lets
// another one work.

#include <sigvet/backends/backend_factory.h>
#include <sigvet/backends/builtin/builtin_backend.h>
#include <sigvet/base/hex.h>
#include <sigvet/signing/ses_smtp_password.h>
#include <sigvet/signing/sigv4_signing_key.h>

#include <iostream>

namespace {

class CountingBackend : public sigvet::Backend {
 public:
  sigvet::BackendInfo Info() const override { return {"a counter", ""}; }
  sigvet::Digest Sha256(sigvet::ByteView message) override { return works_->Sha256(message); }
  sigvet::Digest HmacSha256(sigvet::ByteView key, sigvet::ByteView message) override {
    ++macs_;
    return works_->HmacSha256(key, message);
  }
  std::optional<sigvet::Bytes> Base64Decode(std::string_view text) override {
    return works_->Base64Decode(text);
  }

  int macs() const { return macs_; }

 private:
  void DoBase64Encode(sigvet::ByteView bytes, std::span<char> text) override {
    works_->Base64Encode(bytes, text);
  }

  std::unique_ptr<sigvet::Backend> works_ = sigvet::MakeBuiltinBackend().value();
  int macs_ = 0;
};

}  // namespace

int main() {
  const sigvet::BackendResult made = sigvet::TryMakeBackend<CountingBackend>();
  auto& backend = dynamic_cast<CountingBackend&>(**made);

  const auto password = sigvet::DeriveSesSmtpPasswordV4(
      backend, sigvet::Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1");
  std::cout << sigvet::AsText(password->password.Reveal()) << ' ' << backend.macs() << '\n';

  const auto key = sigvet::DeriveSigv4SigningKey(
      backend, sigvet::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
      {.date = "20150830", .region = "us-east-1", .service = "iam"});
  std::cout << sigvet::ToHex((*key)->signing_key()) << ' ' << backend.macs() << '\n';

  const auto refused = sigvet::DeriveSesSmtpPasswordV4(backend, sigvet::Secret("secret"), "");
  std::cout << (refused ? "no error" : "refused") << '\n';
}
