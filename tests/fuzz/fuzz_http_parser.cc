// Feeds arbitrary bytes to the parser of raw requests: it must end, and give either an error with a
// place inside of the text or a request that, written again, is parsed to the same.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/check.h"
#include "base/utf8.h"
#include "signing/canonical_headers.h"
#include "signing/http_parser.h"
#include "signing/http_token.h"

namespace sigvet {
namespace {

constexpr std::string_view kNotInTarget("\0\t\r\n", 4);

void CheckRequest(const HttpRequest& request, std::string_view text) {
  Check(IsHttpToken(request.method), "a method that is no token");
  Check(request.path.empty() || request.path.front() == '/', "a path without a slash in front");
  Check(request.path.find('?') == std::string::npos, "a path with a query");
  for (const std::string* part : {&request.path, &request.query}) {
    Check(part->find_first_of(kNotInTarget) == std::string::npos, "a target of several lines");
  }
  Check(text.ends_with(request.body), "a body from elsewhere");
  // That of a target in absolute form comes on top.
  Check(request.headers.size() <= kMaxHeaders + 1, "too many headers");
  std::size_t head_bytes = request.method.size() + request.path.size() + request.query.size();
  for (const HttpHeader& header : request.headers) {
    Check(IsHttpToken(header.name), "a header whose name is no token");
    Check(CanonicalHeaderValue(header).ok(), "a line break that is no fold");
    head_bytes += header.name.size() + header.value.size();
  }
  Check(head_bytes <= text.size() && head_bytes <= kMaxHeadBytes, "more than there was");
}

std::string Written(const HttpRequest& request) {
  std::string text = request.method + " " + request.path;
  if (!request.query.empty()) text += "?" + request.query;
  text += " HTTP/1.1\n";
  for (const HttpHeader& header : request.headers) {
    text += header.name + ":" + header.value + "\n";
  }
  return text + "\n" + request.body;
}

void ParseBytes(std::string_view text) {
  Result<HttpRequest> request = ParseHttpRequest(text);
  if (!request) {
    const Error& error = request.error();
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    Check(error.place.line <= lines && error.place.column <= text.size() + 1,
          "an error outside of the text");
    Check(IsUtf8(ToString(error)) && !error.message.empty(), "an error that says nothing");
    return;
  }
  CheckRequest(*request, text);
  if (request->path.empty()) request->path = "/";
  if (text.size() >= kMaxHeadBytes || request->headers.size() > kMaxHeaders) return;
  const Result<HttpRequest> again = ParseHttpRequest(Written(*request));
  Check(again.ok() && *again == *request, "a request that changes when it is parsed again");
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sigvet::ParseBytes(sigvet::AsText({data, size}));
  return 0;
}
