#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "signing/canonical_path.h"
#include "signing/http_request.h"

namespace sigvet {

/// What a canonical request is made of, as on the wire. All headers are signed: who wants some of
/// them alone gives those.
struct CanonicalRequestSource {
  std::string_view method;
  std::string_view path;
  CanonicalPathOptions path_options = {};
  std::string_view query = {};
  std::span<const HttpHeader> headers = {};
  /// As if they stood at the end of `headers`.
  std::span<const HttpHeader> more_headers = {};
  std::string_view payload_hash = {};
};

struct CanonicalRequest {
  std::string text;
  /// Where the signed headers stand in it.
  std::size_t signed_headers_begin = 0;
  std::size_t signed_headers_bytes = 0;

  /// A view of `text`.
  std::string_view signed_headers() const {
    const std::string_view all = text;
    return all.substr(signed_headers_begin, signed_headers_bytes);
  }
};

/// The canonical request. Errors are those of CanonicalPath, CanonicalQuery and
/// CanonicalizeHeaders, a method that is no token (RFC 9110 section 9.1), and a payload hash that
/// is empty or has blanks or control characters.
/// Source: "Create a signed AWS API request", AWS IAM User Guide.
Result<CanonicalRequest> MakeCanonicalRequest(const CanonicalRequestSource& source);

/// The same in place of what `out` holds, in the room that its text has. After an error `out` holds
/// nothing of use.
std::optional<Error> WriteCanonicalRequest(CanonicalRequest& out,
                                           const CanonicalRequestSource& source);

/// The parts of a canonical request, in their order.
struct CanonicalRequestParts {
  std::string method;
  std::string path;
  std::string query;
  /// `name:value` and a newline for each header.
  std::string headers;
  std::string signed_headers;
  std::string payload_hash;

  bool operator==(const CanonicalRequestParts&) const = default;
};

/// The parts of `canonical_request`; nullopt where it does not have that form. Joined, they give
/// the same text again.
std::optional<CanonicalRequestParts> SplitCanonicalRequest(std::string_view canonical_request);

/// The canonical request that has these parts, whatever they say.
std::string JoinCanonicalRequest(const CanonicalRequestParts& parts);

}  // namespace sigvet
