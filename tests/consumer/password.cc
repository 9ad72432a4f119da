#include <sigvet/backends/builtin/builtin_backend.h>
#include <sigvet/signing/ses_smtp_password.h>

#include <iostream>

int main() {
  // One of each a thread: the deriver has prepared what all secrets share.
  const sigvet::BackendResult backend = sigvet::MakeBuiltinBackend();
  if (!backend) {
    std::cerr << ToString(backend.error()) << '\n';
    return 1;
  }
  auto deriver = sigvet::SesSmtpPasswordV4Deriver::Create(**backend, "us-east-1");
  const sigvet::Secret secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  std::cout << sigvet::AsText(deriver->Derive(secret)->password.Reveal()) << '\n';
}
