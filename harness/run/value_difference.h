#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/corpus/operation.h"

namespace sigvet {

/// Where two values do not mean the same.
struct ValueDifference {
  /// In words: "host", "parameter X-Amz-Date"; empty where there is no more to say.
  std::string part = {};
  /// That part of either value: a host, a path; for a parameter or a field all of its name,
  /// decoded, as "X-Amz-Date=20150830T123600Z", or "(no X-Amz-Date)". Empty where `part` is.
  std::string expected = {};
  std::string actual = {};
};

/// Where an actual value does not mean what the expected one does; nullopt where they mean the
/// same.
///
/// An Authorization header is its algorithm and its fields, of which neither the order nor the
/// blanks around them count. A URL is its scheme, its host, the segments of its path and its
/// parameters, both percent-decoded; the order of the parameters does not count, that they repeat
/// does. Equal bytes always mean the same; else a value that can't be read as what it should be
/// means nothing, and all other types are compared byte by byte.
std::optional<ValueDifference> FindDifference(ValueType type, std::string_view expected,
                                              std::string_view actual);

}  // namespace sigvet
