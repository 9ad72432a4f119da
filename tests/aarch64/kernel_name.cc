// Prints the kernel of the built-in backend, or why there is none.

#include <iostream>

#include "backends/builtin/builtin_backend.h"

int main() {
  const sigvet::BackendResult backend = sigvet::MakeBuiltinBackend();
  if (backend.ok()) {
    std::cout << backend.value()->Info().kernel << "\n";
  } else {
    std::cout << "error: " << backend.error().message << "\n";
  }
}
