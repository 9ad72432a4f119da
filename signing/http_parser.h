#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "signing/http_request.h"

namespace sigvet {

/// The longest request line and headers, and the most headers, that ParseHttpRequest takes.
inline constexpr std::size_t kMaxHeadBytes = std::size_t{256} << 10;
inline constexpr std::size_t kMaxHeaders = 500;

/// Reads a request as it stands on the wire of HTTP/1.1: request line, headers, an empty line, the
/// body. Lines may end in LF or CRLF, and the empty line may be missing where there is no body. The
/// version is HTTP/1.0 or HTTP/1.1, or HTTP/2 or HTTP/3, as tools show a request that was sent so.
/// The target is what lies between the first blank and the last ` HTTP/`: it may hold raw blanks
/// and UTF-8, as test suites do. A target in absolute form gives path and query, and Host where
/// that header is missing. A line that begins with a blank or tab continues the header before it
/// (RFC 9112 section 5.2); the fold is kept in its value. The body is everything after the empty
/// line.
///
/// Errors have the line in their place; its file is left to the caller.
Result<HttpRequest> ParseHttpRequest(std::string_view text);

}  // namespace sigvet
