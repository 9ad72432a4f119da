#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sigvet {

/// How often a path is percent-encoded on its way from the key or resource name to the canonical
/// request.
enum class UriEncoding : std::uint8_t {
  kDouble,  ///< once for the wire and once more for the signature: every service but S3
  kSingle,  ///< once, for the wire: S3
};

struct CanonicalPathOptions {
  UriEncoding encoding = UriEncoding::kDouble;
  /// Whether `.`, `..` and repeated slashes are resolved: every service but S3.
  bool normalize = true;

  bool operator==(const CanonicalPathOptions&) const = default;
};

/// The canonical path of a path as on the wire: see HttpRequest::path. kSingle decodes it and
/// encodes it anew, so that only unreserved characters (RFC 3986 section 2.3) and slashes stay bare
/// and hex digits are upper case; an encoded slash is no separator and stays `%2F`. kDouble encodes
/// what is on the wire once more, so that `%20` becomes `%2520`, and a raw blank `%20`. Dots and
/// slashes are resolved before that, bare ones only; a slash at the end is kept. A path without a
/// slash at its beginning, and a percent sign without two hex digits, are errors.
/// Source: "Create a signed AWS API request", AWS IAM User Guide, CanonicalURI; aws-c-auth.
Result<std::string> CanonicalPath(std::string_view path, const CanonicalPathOptions& options);

/// The same at the end of `out`, which after an error holds nothing of use.
std::optional<Error> AppendCanonicalPath(std::string& out, std::string_view path,
                                         const CanonicalPathOptions& options);

}  // namespace sigvet
