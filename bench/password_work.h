#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"

namespace sigvet {

/// The derivation of SES v4 passwords for us-east-1 as workloads time it: by the functions of a
/// Backend alone, the chain prepared once, the keys ("AWS4" + secret) joined before.
///
/// The secrets are made up, none like another; in Python:
///
///   A = "ABC...xyz0123456789+/"  # the alphabet of base64
///   secret = lambda i: "".join(A[(i * (j + 1) + (i >> 6) + j * j) % 64] for j in range(40))
class PasswordWork {
 public:
  /// Of the secrets 0 to `count` - 1. `backend` must outlive the object. Throws BackendError.
  PasswordWork(Backend& backend, std::size_t count);

  /// The password of one secret; valid until the next call.
  std::string_view DeriveOne(std::size_t index) {
    chain_->Derive(keys_[index], one_);
    return Encode(one_.back());
  }

  /// Derives the first `count`, kBatch at once, and calls `use` with each password, valid during
  /// the call.
  template <typename Use>
  void DeriveMany(std::size_t count, Use use) {
    for (std::span<const ByteView> rest = std::span(keys_).first(count); !rest.empty();) {
      const auto keys = rest.first(std::min(rest.size(), kBatch));
      rest = rest.subspan(keys.size());
      const auto macs = std::span(macs_).first(keys.size() * kStages);
      chain_->DeriveMany(keys, macs);
      for (std::size_t i = kStages; i <= macs.size(); i += kStages) use(Encode(macs[i - 1]));
    }
  }

  /// What is wrong with the passwords of the first `count` secrets, derived at once or one by one;
  /// known for 16, 256, 1,024 and 4,096.
  std::optional<Error> CheckMany(std::size_t count);
  std::optional<Error> CheckOneByOne(std::size_t count);

 private:
  static constexpr std::size_t kStages = 5;
  /// Keys whose MACs stay in the first-level cache until they are encoded.
  static constexpr std::size_t kBatch = 64;

  std::string_view Encode(const Digest& mac);
  std::optional<Error> CheckAll(std::size_t count, std::string_view passwords);

  Backend& backend_;
  std::unique_ptr<HmacChain> chain_;
  std::vector<std::string> key_texts_;
  std::vector<ByteView> keys_;
  std::vector<Digest> macs_;
  std::array<Digest, kStages> one_ = {};
  std::array<std::uint8_t, 1 + kDigestBytes> raw_ = {0x04};
  std::array<char, Base64Size(1 + kDigestBytes)> text_ = {};
};

}  // namespace sigvet
