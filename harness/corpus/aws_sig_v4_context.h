#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/corpus/file_errors.h"

namespace sigvet {

/// What the `context.json` of a case of AWS's SigV4 suite says.
struct AwsSigV4Context {
  std::string access_key_id;
  std::string secret_access_key;
  std::optional<std::string> token;
  std::string region;
  std::string service;
  /// In the form that is signed: `20150830T123600Z`.
  std::string timestamp;
  std::int64_t expiration_s = 0;
  bool normalize = false;
  /// Whether the header form has X-Amz-Content-Sha256.
  bool sign_body = false;
  /// Whether the token is added after signing.
  bool omit_session_token = false;
};

/// Reads a `context.json`. Every key must be known and every value of the type that AWS's files
/// have; `token` and `omit_session_token` may be absent. Where something is wrong it is added to
/// `errors`, and there is no context.
std::optional<AwsSigV4Context> ParseAwsSigV4Context(std::string_view text, FileErrors& errors);

}  // namespace sigvet
