#pragma once

#include <string>
#include <vector>

namespace sigvet {

/// A header as the caller set it: any case, white space and folds kept.
struct HttpHeader {
  std::string name;
  std::string value;

  bool operator==(const HttpHeader&) const = default;
};

/// A request before it is sent, its parts as they are to stand on the wire.
struct HttpRequest {
  /// As in `GET`; case matters.
  std::string method;
  /// Begins with a slash; empty means `/`. Percent-encoded as far as the caller did that.
  std::string path;
  /// Without the question mark; empty where there is none.
  std::string query;
  /// In the order of the wire; names may repeat.
  std::vector<HttpHeader> headers;
  std::string body;

  bool operator==(const HttpRequest&) const = default;
};

}  // namespace sigvet
