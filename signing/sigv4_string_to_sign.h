#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "backends/backend.h"
#include "base/result.h"
#include "signing/sigv4_signing_key.h"

namespace sigvet {

/// What a request's string to sign begins with.
inline constexpr std::string_view kSigv4Algorithm = "AWS4-HMAC-SHA256";

/// `date/region/service/aws4_request`.
std::string CredentialScope(const Sigv4Scope& scope);

/// What keeps an access key id, a region or a service from being read out of a credential again: a
/// blank, a control character, a comma or a slash.
std::optional<Error> CheckCredential(std::string_view access_key_id, std::string_view region,
                                     std::string_view service);

/// The string to sign of a request: algorithm, timestamp, credential scope and the canonical
/// request's SHA-256, a line each and without a newline at the end. Throws BackendError.
/// Source: "Create a signed AWS API request", AWS IAM User Guide.
std::string Sigv4StringToSign(Backend& backend, std::string_view timestamp, const Sigv4Scope& scope,
                              std::string_view canonical_request);

/// The same in place of what `out` holds.
void WriteSigv4StringToSign(std::string& out, Backend& backend, std::string_view timestamp,
                            const Sigv4Scope& scope, std::string_view canonical_request);

/// The HMAC of a string to sign under the signing key: 64 lower-case hex digits. Throws
/// BackendError.
std::string Sigv4Signature(Backend& backend, const Digest& signing_key,
                           std::string_view string_to_sign);

/// The same in place of what `out` holds.
void WriteSigv4Signature(std::string& out, Backend& backend, const Digest& signing_key,
                         std::string_view string_to_sign);

}  // namespace sigvet
