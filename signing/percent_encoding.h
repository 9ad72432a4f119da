#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sigvet {

/// The characters that percent-encoding leaves as they are.
enum class BareCharacters : std::uint8_t {
  kUnreserved,          ///< letters, digits and `-._~`: RFC 3986 section 2.3
  kUnreservedAndSlash,  ///< as paths have them
  kUrlPath,             ///< whatever RFC 3986 section 3.3 allows in a path, and so `%` too
};

/// Percent-encodes every byte of `text` that is not bare, with upper-case hex digits.
std::string PercentEncode(std::string_view text, BareCharacters bare);

/// The same at the end of `out`.
void AppendPercentEncoded(std::string& out, std::string_view text, BareCharacters bare);

/// Decodes `text` and encodes it anew at the end of `out`. With kUnreservedAndSlash a slash keeps
/// what it means: a bare one stays bare, `%2F` stays `%2F`. `text` must have no bad escape; `bare`
/// must not be kUrlPath, which keeps escapes as they are.
void AppendReencoded(std::string& out, std::string_view text, BareCharacters bare);

/// The bytes that `text` stands for; a plus is a plus. nullopt where FindBadPercentEscape finds
/// one.
std::optional<std::string> PercentDecode(std::string_view text);

/// Where the first percent sign stands that two hex digits do not follow, or npos.
std::size_t FindBadPercentEscape(std::string_view text);

/// The error for `text`, called `what` (as in "the path"), with a bad escape at `position`.
Error BadPercentEscape(std::string_view what, std::string_view text, std::size_t position);

}  // namespace sigvet
