#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "signing/http_request.h"

namespace sigvet {

/// Headers as a canonical request has them.
struct CanonicalHeaders {
  /// `name:value` and a newline for each name.
  std::string lines;
  /// The names, joined with `;`.
  std::string signed_headers;
};

/// The canonical form of `headers`, all of which are signed. Names are lower-cased and sorted. In
/// values, white space at the ends goes, and white space within becomes one blank; it is made of
/// blanks, tabs and folds: line breaks (LF or CRLF) that a blank or tab follows. The values of a
/// repeated name are joined with `,` in the order given.
///
/// Errors: a name that is no token (RFC 9110 section 5.1), a line break that is no fold, another
/// control character in a value.
/// Source: "Create a signed AWS API request", AWS IAM User Guide, CanonicalHeaders.
Result<CanonicalHeaders> CanonicalizeHeaders(std::span<const HttpHeader> headers);

/// Appends the lines, a newline and the signed headers of `headers` and `more_headers`, in this
/// order, to `out`, and returns where in it the signed headers begin. Errors are those of
/// CanonicalizeHeaders; after one, `out` holds nothing of use.
Result<std::size_t> AppendCanonicalHeaders(std::string& out, std::span<const HttpHeader> headers,
                                           std::span<const HttpHeader> more_headers);

/// The most bytes that AppendCanonicalHeaders may append.
std::size_t MaxCanonicalHeaderBytes(std::span<const HttpHeader> headers,
                                    std::span<const HttpHeader> more_headers);

/// The canonical form of one header's value. Errors are those of CanonicalizeHeaders.
Result<std::string> CanonicalHeaderValue(const HttpHeader& header);

/// Whether two names mean the same header: letter case does not count.
bool SameHeaderName(std::string_view a, std::string_view b);

}  // namespace sigvet
