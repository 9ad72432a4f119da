#pragma once

#include <string_view>

namespace sigvet {

/// Whether `text` is the base64 of some bytes exactly as Backend::Base64Encode writes it: a
/// multiple of 4 characters of the alphabet, padding at the end alone, trailing bits zero, nothing
/// else. The decoders of the libraries let more pass, so a library's backend asks this first.
bool IsCanonicalBase64(std::string_view text);

}  // namespace sigvet
