#pragma once

#include <string_view>

#include "backends/backend.h"
#include "base/result.h"
#include "base/secret.h"

namespace sigvet {

/// The stages of a SigV4 signing key. Each key is the HMAC of the named message under the key
/// before it.
struct Sigv4SigningKey {
  Digest date_key;     ///< the date, under `AWS4` and the secret
  Digest region_key;   ///< the region
  Digest service_key;  ///< the service
  Digest signing_key;  ///< `aws4_request`
};

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
