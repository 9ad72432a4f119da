#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "base/secret.h"
#include "signing/sigv4_signing_key.h"

namespace sigvet {

/// Keeps the signing keys of the last secrets and scopes: a key is good for a day, a region and a
/// service, and to derive it costs more than to sign a request with it. Holds copies of the secrets
/// until it ends, and wipes them then. A key that is kept is not derived again by another backend:
/// who compares backends needs a cache for each. Belongs to one thread at a time.
class Sigv4KeyCache {
 public:
  static constexpr std::size_t kCapacity = 8;

  /// The signing key, derived where it is not kept; valid until the next call. Errors are those of
  /// DeriveSigv4SigningKey. Throws BackendError.
  Result<const Digest*> Find(Backend& backend, const Secret& secret, const Sigv4Scope& scope);

 private:
  struct Entry {
    Secret secret;
    std::string date;
    std::string region;
    std::string service;
    Wiped<Digest> key;
    std::uint64_t last_used = 0;
  };

  std::vector<Entry> entries_;
  std::uint64_t uses_ = 0;
};

}  // namespace sigvet
