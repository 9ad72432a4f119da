#pragma once

#include <string>
#include <string_view>

#include "backends/backend.h"
#include "base/result.h"
#include "base/secret.h"

namespace sigvet {

/// What a browser form that posts to S3 carries besides its policy.
struct Sigv4PostPolicy {
  /// The field `x-amz-credential`: access key id and scope.
  std::string credential;
  /// The field `policy`, which is the string to sign: base64 of the policy's bytes.
  std::string string_to_sign;
  /// The field `x-amz-signature`: 64 lower-case hex digits.
  std::string signature;
};

struct Sigv4PostPolicyScope {
  std::string_view access_key_id;
  std::string_view region;
  std::string_view service;
  /// UTC, as in `20151229T000000Z`.
  std::string_view timestamp;
};

/// Signs a POST policy: any bytes, which are not changed (their JSON is the caller's). Errors: an
/// empty secret, access key id, region, service or policy, what SignSigv4 refuses in the id, region
/// and service, and a timestamp that is no time. Throws BackendError.
/// Source: "Authenticating Requests: Browser-Based Uploads Using POST", Amazon S3 API Reference.
Result<Sigv4PostPolicy> SignSigv4PostPolicy(Backend& backend, const Secret& secret,
                                            const Sigv4PostPolicyScope& scope, ByteView policy);

}  // namespace sigvet
