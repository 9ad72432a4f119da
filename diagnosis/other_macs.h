#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/secret.h"

namespace sigvet {

/// Hash functions that people use where SHA-256 belongs.
enum class OtherHash : std::uint8_t { kSha1, kSha512, kMd5, kSha3 };

/// HMAC (RFC 2104) with another hash; SHA-3 is that of 256 bits. Empty where this build or the
/// library's configuration has no such hash: then the mistake can't be recognised. Not for several
/// threads with one key's memory; else thread-safe.
Secret OtherHmac(OtherHash hash, ByteView key, ByteView message);

}  // namespace sigvet
