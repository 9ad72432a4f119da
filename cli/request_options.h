#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "signing/http_request.h"

namespace sigvet {

/// The longest raw request, body included.
inline constexpr std::size_t kMaxRequestBytes = std::size_t{256} << 20;

/// A request as options describe it.
struct RequestOptions {
  std::string url;
  std::string method;
  std::vector<std::string> headers;
  std::vector<std::string> data;
};

/// Adds the argument URL and, as curl has them, `--request`, `--header` and `--data`.
void AddRequestOptions(CLI::App& command, RequestOptions& options);

/// A request, and the scheme of its URL: `https` where nothing says another.
struct GivenRequest {
  HttpRequest request;
  std::string scheme = "https";
};

/// The request that the options describe or, without a URL, the raw one on stdin (or a URL alone).
/// Host is that of the URL, without the port of its scheme, unless a header says another.
Result<GivenRequest> ReadRequest(const RequestOptions& options);

/// The raw request in a file or on stdin (`-`); errors name it, with the line. A text that is a URL
/// and nothing else, as a presigned one is handed on, is a GET of it: Host and path are read as
/// ReadRequest reads those of a URL. A query with `&amp;` is taken as it is, with a warning.
Result<HttpRequest> ReadRawRequest(const std::string& path);

}  // namespace sigvet
