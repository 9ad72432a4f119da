#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "signing/http_request.h"

namespace sigvet {

/// What a signed request says of its signature, as it stands there: whether it is true, or even
/// allowed, is not checked.
struct Sigv4Claim {
  enum class Form : std::uint8_t {
    kHeader,  ///< the header Authorization
    kQuery,   ///< the presigned form
  };

  Form form = Form::kHeader;
  std::string access_key_id;
  /// The credential scope: eight digits, region and service.
  std::string date;
  std::string region;
  std::string service;
  /// In the order and case of the request.
  std::vector<std::string> signed_headers;
  /// 64 lower-case hex digits.
  std::string signature;
  /// X-Amz-Date, or in the header form the header Date where that is not there (turned into the
  /// form of X-Amz-Date where it is an HTTP date). Empty where there is neither.
  std::string timestamp;
  /// X-Amz-Expires as it stands there; empty in the header form.
  std::string expires;

  bool operator==(const Sigv4Claim&) const = default;
};

/// Reads the signature of `request`. Errors: none, or both forms at once; another algorithm; a
/// field of Authorization or a parameter that is missing, repeated or unknown; a Credential that is
/// not five parts; a signature that is not 64 lower-case hex digits; each with what would be right,
/// and for Authorization with the byte of its value, from 1.
/// Source: "Create a signed AWS API request", AWS IAM User Guide; "Authenticating Requests: Using
/// Query Parameters", Amazon S3 API Reference.
Result<Sigv4Claim> ReadSigv4Claim(const HttpRequest& request);

}  // namespace sigvet
