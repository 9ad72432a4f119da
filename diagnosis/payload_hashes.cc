#include <charconv>
#include <string>

#include "diagnosis/defect.h"
#include "signing/canonical_headers.h"

namespace sigvet {
namespace {

/// How many bytes Content-Length says, where that is fewer than there are.
std::optional<std::size_t> ShorterLength(const HttpRequest& request) {
  const auto values = HeaderValues(request, "content-length");
  if (values.empty()) return std::nullopt;
  const auto text = CanonicalHeaderValue({"Content-Length", std::string(values.front())});
  if (!text) return std::nullopt;
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
  const bool is_number = error == std::errc() && end == text->data() + text->size();
  return is_number && length < request.body.size() ? std::optional(length) : std::nullopt;
}

}  // namespace

PayloadHashes HashPayload(Backend& backend, const HttpRequest& request) {
  const std::string_view body = request.body;
  PayloadHashes hashes;
  hashes.body = HexSha256(backend, body);
  hashes.empty = HexSha256(backend, "");
  hashes.with_line_break = HexSha256(backend, request.body + "\n");
  if (body.ends_with('\n')) {
    const std::size_t end = body.ends_with("\r\n") ? 2 : 1;
    hashes.without_line_break = HexSha256(backend, body.substr(0, body.size() - end));
  }
  if (const auto length = ShorterLength(request)) {
    hashes.cut = HexSha256(backend, body.substr(0, *length));
  }
  return hashes;
}

}  // namespace sigvet
