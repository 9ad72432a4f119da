#include <algorithm>
#include <charconv>
#include <string>

#include "base/utf8.h"
#include "diagnosis/character_forms.h"
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
  if (!IsUtf8(body)) hashes.as_utf8 = HexSha256(backend, LossyUtf8(body));
  const auto is_high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (std::ranges::any_of(body, is_high)) {
    hashes.as_latin1 = HexSha256(backend, Latin1AsUtf8(body));
  }
  return hashes;
}

}  // namespace sigvet
