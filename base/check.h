#pragma once

#include <source_location>
#include <string_view>

namespace sigvet {

/// Ends the program at a mistake that only its programmer can make: prints `what` and the place,
/// then aborts. Works in release builds too.
[[noreturn]] void Fatal(std::string_view what,
                        std::source_location place = std::source_location::current());

/// Fatal(what) unless `holds`.
inline void Check(bool holds, std::string_view what,
                  std::source_location place = std::source_location::current()) {
  if (!holds) [[unlikely]] {
    Fatal(what, place);
  }
}

}  // namespace sigvet
