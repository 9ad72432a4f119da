#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/hex.h"
#include "base/result.h"
#include "signing/http_request.h"
#include "signing/sigv4_request.h"

namespace sigvet {

/// The headers of a request that mean something to the signer; null where the caller set none.
struct Sigv4OwnHeaders {
  const HttpHeader* host = nullptr;
  const HttpHeader* authorization = nullptr;
  const HttpHeader* date = nullptr;
  const HttpHeader* security_token = nullptr;
  const HttpHeader* content_sha256 = nullptr;
};

inline constexpr std::string_view kHostHeader = "Host";
inline constexpr std::string_view kAuthorizationHeader = "Authorization";
/// Names of headers and of a presigned URL's parameters.
inline constexpr std::string_view kAmzDate = "X-Amz-Date";
inline constexpr std::string_view kAmzSecurityToken = "X-Amz-Security-Token";
inline constexpr std::string_view kAmzContentSha256 = "X-Amz-Content-Sha256";

/// Holds what SignSigv4 and PresignSigv4 ask of their input, but for what MakeCanonicalRequest and
/// DeriveSigv4SigningKey look at themselves. Finds the headers on the way.
Result<Sigv4OwnHeaders> CheckSigv4Request(const HttpRequest& request,
                                          const Sigv4Credentials& credentials,
                                          const Sigv4Settings& settings);

/// The headers of the caller that are signed: all, but for a session token that is not to be.
class SignedHeaders {
 public:
  /// The arguments must outlive the object.
  SignedHeaders(const HttpRequest& request, const Sigv4OwnHeaders& own,
                const Sigv4Settings& settings);

  std::span<const HttpHeader> get() const { return signed_; }

 private:
  std::vector<HttpHeader> copies_;  ///< empty where all are signed
  std::span<const HttpHeader> signed_;
};

/// Holds a payload hash line that no setting says.
struct PayloadHashRoom {
  HexDigest of_body;
  std::string of_header;
};

/// The payload hash line: what the settings say, else what the caller's header says, else the
/// body's SHA-256; a view of the settings or of `room`. The error is that of the header. Throws
/// BackendError.
Result<std::string_view> Sigv4PayloadHash(Backend& backend, const HttpRequest& request,
                                          const Sigv4Settings& settings, const Sigv4OwnHeaders& own,
                                          PayloadHashRoom& room);

}  // namespace sigvet
