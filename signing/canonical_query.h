#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigvet {

/// A parameter of a query, decoded.
struct QueryParameter {
  std::string name;
  std::string value;

  bool operator==(const QueryParameter&) const = default;
};

/// The parameters in the order of `query`, which has no question mark in front: split at `&`, empty
/// pairs dropped; split at the first `=`, the value empty without one; both percent-decoded, a plus
/// being a plus. A percent sign without two hex digits is an error.
Result<std::vector<QueryParameter>> ParseQuery(std::string_view query);

/// The canonical query: the parameters of ParseQuery, encoded so that only unreserved characters
/// (RFC 3986 section 2.3) stay bare, each as `name=value`, sorted by encoded name and then by
/// encoded value, byte by byte, joined with `&`. Errors are those of ParseQuery.
/// Source: "Create a signed AWS API request", AWS IAM User Guide, CanonicalQueryString.
Result<std::string> CanonicalQuery(std::string_view query);

/// The same at the end of `out`, which after an error holds nothing of use.
std::optional<Error> AppendCanonicalQuery(std::string& out, std::string_view query);

}  // namespace sigvet
