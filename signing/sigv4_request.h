#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "base/secret.h"
#include "signing/canonical_path.h"
#include "signing/http_request.h"
#include "signing/sigv4_key_cache.h"

namespace sigvet {

/// The longest life of a presigned URL: a week.
inline constexpr std::int64_t kMaxExpiresS = 604800;

struct Sigv4Credentials {
  std::string access_key_id;
  Secret secret;
  /// Of temporary credentials; empty where there is none.
  std::string session_token = {};
};

struct Sigv4Settings {
  std::string region;
  std::string service;
  /// UTC, as in `20150830T123600Z`.
  std::string timestamp;
  CanonicalPathOptions path = {};
  /// What the payload hash line says in place of the body's SHA-256: `UNSIGNED-PAYLOAD`, a
  /// streaming sentinel, a hash. Where it is absent and the caller set X-Amz-Content-Sha256, that
  /// header's value is meant.
  std::optional<std::string> payload_hash = {};
  /// Whether the session token is signed; if not it is added after signing, as IoT wants it.
  bool sign_session_token = true;
};

/// A signed request: what has to be added to it, and how that came to be.
struct Sigv4SignedRequest {
  std::string canonical_request;
  std::string string_to_sign;
  /// 64 lower-case hex digits.
  std::string signature;
  /// Headers that the signer added, Authorization not among them.
  std::vector<HttpHeader> added_headers;
  /// The value of the header Authorization.
  std::string authorization;
};

struct Sigv4PresignedUrl {
  std::string canonical_request;
  std::string string_to_sign;
  std::string signature;
  /// `https://`, the value of Host, the path as on the wire with what no URL may hold encoded, the
  /// canonical query, X-Amz-Signature and, where it is not signed, the session token.
  std::string url;
};

/// Signs `request` by its headers. Adds X-Amz-Date unless the caller set it (which then must equal
/// the timestamp), X-Amz-Security-Token where there is a session token, and X-Amz-Content-Sha256
/// where `content_sha256_header` says so and the caller did not; signs every header that the caller
/// set or that is added, but for a session token that is not to be signed.
///
/// `cache` may be null: then the signing key is derived anew.
///
/// Errors: a timestamp that is no time; an empty access key id, secret, region or service, one of
/// them but the secret with a blank, a control character, a comma or a slash; a session token with
/// a control character; a method that is no token (RFC 9110 section 9.1); no, two or an empty Host
/// header; an Authorization header; a header name that is no token (section 5.1), a value with a
/// line break that is no fold or with another control character; X-Amz-Date, X-Amz-Security-Token
/// or X-Amz-Content-Sha256 set by the caller twice, or to something else than what is signed; a
/// path without a slash at its beginning; a bad percent escape; a payload hash that is empty or has
/// blanks or control characters. Throws BackendError.
/// Source: "Create a signed AWS API request", AWS IAM User Guide.
Result<Sigv4SignedRequest> SignSigv4(Backend& backend, const HttpRequest& request,
                                     const Sigv4Credentials& credentials,
                                     const Sigv4Settings& settings,
                                     bool content_sha256_header = false,
                                     Sigv4KeyCache* cache = nullptr);

/// SignSigv4 into `out`, in the room that its strings and headers have: who signs one request after
/// the other with the same `out` spares the allocations. After an error `out` holds nothing of use.
/// `out` may not be a part of what else is given.
std::optional<Error> SignSigv4Into(Sigv4SignedRequest& out, Backend& backend,
                                   const HttpRequest& request, const Sigv4Credentials& credentials,
                                   const Sigv4Settings& settings,
                                   bool content_sha256_header = false,
                                   Sigv4KeyCache* cache = nullptr);

/// Signs `request` by its query (a presigned URL), for `expires_s` seconds from the timestamp;
/// every header of the caller is signed. Errors are those of SignSigv4, and a life below 1 s or
/// above kMaxExpiresS, a parameter of the presigned form that is in the query already, X-Amz-Date
/// among the headers, X-Amz-Security-Token there beside a session token, and a Host that no URL can
/// have. A path is signed as it is given: for a service that encodes it twice, what no URL may hold
/// (a raw blank) should be percent-encoded before, as in the URL. Throws BackendError.
/// Source: "Authenticating Requests: Using Query Parameters", Amazon S3 API Reference.
Result<Sigv4PresignedUrl> PresignSigv4(Backend& backend, const HttpRequest& request,
                                       const Sigv4Credentials& credentials,
                                       const Sigv4Settings& settings, std::int64_t expires_s,
                                       Sigv4KeyCache* cache = nullptr);

}  // namespace sigvet
