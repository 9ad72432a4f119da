#include "signing/canonical_request.h"

#include <cstddef>

#include "base/utf8.h"
#include "signing/canonical_headers.h"
#include "signing/canonical_query.h"
#include "signing/http_token.h"
#include "signing/text_scan.h"

namespace sigvet {
namespace {

/// For a few escapes, and what joins the parts.
constexpr std::size_t kSpareBytes = 32;

/// Takes the first line off `text`, which must have one; nullopt without a newline.
std::optional<std::string_view> TakeLine(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  if (newline == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline + 1);
  return line;
}

/// Takes the last line off `text`, with the newline before it; nullopt without one.
std::optional<std::string_view> TakeLastLine(std::string_view& text) {
  const std::size_t newline = text.rfind('\n');
  if (newline == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(newline + 1);
  text.remove_suffix(text.size() - newline);
  return line;
}

}  // namespace

std::optional<Error> WriteCanonicalRequest(CanonicalRequest& out,
                                           const CanonicalRequestSource& source) {
  if (!IsHttpToken(source.method)) {
    return Error{"the method \"" + Visible(source.method) + "\" is no token", {}, "as in GET"};
  }
  if (source.payload_hash.empty()) return Error{"the payload hash is empty"};
  if (FindBlankOrControl(source.payload_hash) != source.payload_hash.size()) {
    return Error{"the payload hash \"" + Visible(source.payload_hash) + "\" can't be signed",
                 {},
                 "64 hex digits, or a word such as UNSIGNED-PAYLOAD"};
  }
  std::string& text = out.text;
  text.clear();
  // Room for all, unless the path or the query grows by percent-encoding.
  text.reserve(source.method.size() + source.path.size() + source.query.size() +
               MaxCanonicalHeaderBytes(source.headers, source.more_headers) +
               source.payload_hash.size() + kSpareBytes);
  (text += source.method) += '\n';
  if (auto error = AppendCanonicalPath(text, source.path, source.path_options)) return error;
  text += '\n';
  if (auto error = AppendCanonicalQuery(text, source.query)) return error;
  text += '\n';
  const auto signed_headers = AppendCanonicalHeaders(text, source.headers, source.more_headers);
  if (!signed_headers) return signed_headers.error();
  out.signed_headers_begin = *signed_headers;
  out.signed_headers_bytes = text.size() - *signed_headers;
  (text += '\n') += source.payload_hash;
  return std::nullopt;
}

Result<CanonicalRequest> MakeCanonicalRequest(const CanonicalRequestSource& source) {
  CanonicalRequest out;
  if (auto error = WriteCanonicalRequest(out, source)) return *error;
  return out;
}

std::optional<CanonicalRequestParts> SplitCanonicalRequest(std::string_view canonical_request) {
  std::string_view rest = canonical_request;
  const auto method = TakeLine(rest);
  const auto path = TakeLine(rest);
  const auto query = TakeLine(rest);
  const auto payload_hash = TakeLastLine(rest);
  const auto signed_headers = TakeLastLine(rest);
  if (!method || !path || !query || !payload_hash || !signed_headers) return std::nullopt;
  if (!rest.empty() && rest.back() != '\n') return std::nullopt;
  return CanonicalRequestParts{
      .method = std::string(*method),
      .path = std::string(*path),
      .query = std::string(*query),
      .headers = std::string(rest),
      .signed_headers = std::string(*signed_headers),
      .payload_hash = std::string(*payload_hash),
  };
}

std::string JoinCanonicalRequest(const CanonicalRequestParts& parts) {
  return parts.method + '\n' + parts.path + '\n' + parts.query + '\n' + parts.headers + '\n' +
         parts.signed_headers + '\n' + parts.payload_hash;
}

}  // namespace sigvet
