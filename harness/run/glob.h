#pragma once

#include <string_view>

namespace sigvet {

/// Whether `pattern` matches the path-like `id`, or one of the folders that the id is in: `ses` and
/// `ses/*` both match `ses/regions/us-east-1`. `*` stands for any characters but a slash, `**` for
/// any characters, `?` for one character but a slash; all else for itself.
bool GlobMatches(std::string_view pattern, std::string_view id);

}  // namespace sigvet
