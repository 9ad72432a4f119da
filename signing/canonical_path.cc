#include "signing/canonical_path.h"

#include <algorithm>

#include "base/utf8.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

/// Whether resolving dots and slashes could change anything: most paths are spared the copy.
bool MayNeedNormalizing(std::string_view path) {
  for (std::size_t i = path.find('/'); i + 1 < path.size(); i = path.find('/', i + 1)) {
    if (path[i + 1] == '/' || path[i + 1] == '.') return true;
  }
  return false;
}

/// RFC 3986 section 5.2.4, but that repeated slashes count as one and that no slash is left where
/// `.` or `..` was at the end.
std::string Normalize(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t slash = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, slash - begin);
    begin = slash + 1;
    if (segment == "..") {
      out.resize(out.empty() ? 0 : out.rfind('/'));
    } else if (!segment.empty() && segment != ".") {
      (out += '/') += segment;
    }
  }
  if (out.empty() || path.back() == '/') out += '/';
  return out;
}

}  // namespace

std::optional<Error> AppendCanonicalPath(std::string& out, std::string_view path,
                                         const CanonicalPathOptions& options) {
  if (path.empty()) path = "/";
  if (path.front() != '/') {
    return Error{"the path \"" + Visible(path) + "\" does not begin with a slash"};
  }
  const std::size_t bad = FindBadPercentEscape(path);
  if (bad != std::string_view::npos) return BadPercentEscape("the path", path, bad);

  std::string normalized;
  if (options.normalize && MayNeedNormalizing(path)) path = normalized = Normalize(path);
  if (options.encoding == UriEncoding::kSingle) {
    AppendReencoded(out, path, BareCharacters::kUnreservedAndSlash);
  } else {
    AppendPercentEncoded(out, path, BareCharacters::kUnreservedAndSlash);
  }
  return std::nullopt;
}

Result<std::string> CanonicalPath(std::string_view path, const CanonicalPathOptions& options) {
  std::string out;
  if (std::optional<Error> error = AppendCanonicalPath(out, path, options)) return *error;
  return out;
}

}  // namespace sigvet
