#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sigvet {

/// The largest corpus file.
inline constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;

/// The bytes of a regular file; an error, never a wait, where `path` is anything else (a folder, a
/// pipe, a device), can't be read, or has more than `max_bytes`, a number of whole MiB.
Result<std::string> ReadRegularFile(const std::string& path, std::size_t max_bytes = kMaxFileBytes);

/// The same piece by piece, each of which `take` gets, at most `piece_bytes` long: nothing is held.
/// The error, or nothing.
std::optional<Error> ReadInPieces(const std::string& path, std::size_t piece_bytes,
                                  const std::function<void(std::string_view)>& take,
                                  std::size_t max_bytes = kMaxFileBytes);

}  // namespace sigvet
