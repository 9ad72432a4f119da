#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "diagnosis/server_reply.h"

namespace sigvet {

// The formats of ReadServerReply, a file each. Each fills in what stands in elements or members of
// its own; what is in the message is the caller's.

Result<ServerReply> ReadXmlReply(std::string_view text);
Result<ServerReply> ReadJsonReply(std::string_view text);

/// Line and column of `text[offset]`.
Place PlaceOf(std::string_view text, std::size_t offset);

}  // namespace sigvet
