#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "backends/backend.h"

namespace sigvet {

/// A way to use a library that is timed beside its backend, which uses the library at its best.
/// What a form does not show, the backend does for it.
class Form : public Backend {
 public:
  BackendInfo Info() const override { return best_->Info(); }
  std::optional<Bytes> Base64Decode(std::string_view text) override {
    return best_->Base64Decode(text);
  }

 protected:
  /// Throws BackendError where this machine has no such backend.
  explicit Form(std::string_view backend);

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    best_->Base64Encode(bytes, text);
  }

  std::unique_ptr<Backend> best_;
};

/// A form that this build has.
struct FormEntry {
  std::string_view id;       ///< "openssl-naive"
  std::string_view backend;  ///< "openssl"
  std::string_view description;
  /// Makes one for the calling thread; thread-safe.
  BackendResult (*make)();
};

/// Every form, in the order of bench/forms/CMakeLists.txt, which writes them out.
std::span<const FormEntry> AllForms();

}  // namespace sigvet
