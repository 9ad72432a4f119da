#pragma once

#include <array>
#include <string_view>

#include "backends/backend.h"
#include "base/result.h"
#include "base/secret.h"

namespace sigvet {

/// The stages of a SigV4 signing key. Each key is the HMAC of the named message under the key
/// before it.
struct Sigv4SigningKey {
  std::array<Digest, 4> chain;  ///< in the order of the names below

  const Digest& date_key() const { return chain[0]; }     ///< the date, under `AWS4` + secret
  const Digest& region_key() const { return chain[1]; }   ///< the region
  const Digest& service_key() const { return chain[2]; }  ///< the service
  const Digest& signing_key() const { return chain[3]; }  ///< `aws4_request`
};

/// The last step to a signing key, and the end of a credential scope.
inline constexpr std::string_view kSigv4Terminal = "aws4_request";

/// What a signing key is good for: the credential scope without its end.
struct Sigv4Scope {
  std::string_view date;  ///< eight digits, as in `20150830`
  std::string_view region;
  std::string_view service;
};

/// Derives the key that signs requests for a day, a region and a service. An empty secret, region
/// or service, and a date that is not eight digits, are errors; whether there is such a day is not
/// checked. Throws BackendError.
/// Source: "Create a signed AWS API request", AWS Identity and Access Management User Guide.
Result<Wiped<Sigv4SigningKey>> DeriveSigv4SigningKey(Backend& backend, const Secret& secret,
                                                     const Sigv4Scope& scope);

}  // namespace sigvet
