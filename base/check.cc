#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace sigvet {

void Fatal(std::string_view what, std::source_location place) {
  std::fprintf(stderr, "sigvet: internal error at %s:%u: %.*s\n", place.file_name(),
               static_cast<unsigned>(place.line()), static_cast<int>(what.size()), what.data());
  std::abort();
}

}  // namespace sigvet
