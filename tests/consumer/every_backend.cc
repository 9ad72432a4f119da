// Derives a password with every backend that the libraries were built with.

#include <sigvet/backends/backend_registry.h>
#include <sigvet/signing/ses_smtp_password.h>

#include <iostream>

int main() {
  for (const sigvet::BackendEntry& entry : sigvet::AllBackends()) {
    if (entry.make == nullptr) continue;
    const auto backend = sigvet::MakeBackend(entry.id);
    const auto password = sigvet::DeriveSesSmtpPasswordV4(
        **backend, sigvet::Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1");
    std::cout << entry.id << ' ' << sigvet::AsText(password->password.Reveal()) << '\n';
  }
}
