#include "signing/http_parser.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "signing/canonical_headers.h"
#include "signing/http_token.h"

namespace sigvet {
namespace {

constexpr std::string_view kVersionStart = " HTTP/";
/// curl and browsers write those of HTTP/2 and HTTP/3 so; what is signed is the same.
constexpr std::string_view kVersions[] = {"1.0", "1.1", "2", "2.0", "3", "3.0"};
constexpr std::string_view kSchemes[] = {"http://", "https://"};
constexpr const char* kRequestLineHint = "as in GET /path?query HTTP/1.1";
constexpr const char* kTokenHint =
    "letters, digits and !#$%&'*+-.^_`|~ only (RFC 9110 section 5.6.2)";

/// What to do about a line that is not one of a request as it stands on the wire, but as a program
/// shows it; else `hint`.
std::string HintFor(std::string_view line, const char* hint) {
  for (const std::string_view mark : {"> ", "< ", "* "}) {
    if (!line.starts_with(mark)) continue;
    return "of what curl -v prints take the lines that begin with \"> \", without the \"> \"";
  }
  if (line.starts_with(':')) {
    return "HTTP/2 calls the request line's parts :method and :path, and the header Host "
           ":authority; write GET /path?query HTTP/1.1";
  }
  for (const std::string_view scheme : kSchemes) {
    if (SameButForAsciiCase(line.substr(0, scheme.size()), scheme)) {
      return "write a request line: GET URL HTTP/1.1";
    }
  }
  return hint;
}

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string ControlName(char c) {
  switch (c) {
    case '\0':
      return "a NUL byte";
    case '\t':
      return "a tab";
    case '\r':
      return "a carriage return without a line feed";
    default:
      return "a control character";
  }
}

/// Takes a request apart, a line after the other. Each step returns what is wrong, if anything is.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<HttpRequest> Parse() {
    if (text_.empty()) return Error{"there is no request", {}, kRequestLineHint};
    if (auto error = NextLine()) return *error;
    if (auto error = TakeRequestLine()) return *error;
    while (next_ < text_.size()) {
      if (auto error = NextLine()) return *error;
      if (line_.empty()) {
        request_.body = text_.substr(next_);
        break;
      }
      if (auto error = IsBlank(line_.front()) ? TakeFold() : TakeHeader()) return *error;
    }
    AddHost();
    return std::move(request_);
  }

 private:
  using MaybeError = std::optional<Error>;

  /// `offset` in the line.
  Error At(std::size_t offset, std::string message, std::string hint = {}) const {
    return {std::move(message),
            {{}, line_number_, static_cast<std::uint32_t>(offset + 1)},
            std::move(hint)};
  }

  MaybeError NextLine() {
    ++line_number_;
    const std::string_view rest = text_.substr(next_);
    // A line that ends beyond the limit need not be looked at.
    const std::size_t size = rest.substr(0, kMaxHeadBytes + 1).find('\n');
    const bool is_last = size == rest.npos && rest.size() <= kMaxHeadBytes;
    line_start_ = next_;
    line_ = rest.substr(0, size);
    next_ += is_last ? rest.size() : line_.size() + 1;
    if (!is_last && line_.ends_with('\r')) line_.remove_suffix(1);
    if (line_.empty() && line_number_ > 1) return {};
    if (next_ > kMaxHeadBytes) {
      return Error{"request line and headers are over 256 KiB", {{}, line_number_}};
    }
    const bool tabs_too = line_number_ == 1;
    const auto found = std::ranges::find_if(
        line_, [&](char c) { return IsControl(c) && (tabs_too || c != '\t'); });
    if (found == line_.end()) return {};
    return At(static_cast<std::size_t>(found - line_.begin()), ControlName(*found),
              "only a body may hold any bytes");
  }

  MaybeError TakeRequestLine() {
    if (line_.empty()) return At(0, "the request line is empty", kRequestLineHint);
    const std::size_t blank = line_.find(' ');
    const std::string_view method = line_.substr(0, blank);
    if (!IsHttpToken(method)) return At(0, "this is no method", HintFor(line_, kTokenHint));
    const std::size_t version = line_.rfind(kVersionStart);
    if (version == line_.npos ||
        std::ranges::count(kVersions, line_.substr(version + kVersionStart.size())) == 0) {
      return At(line_.size(), "the request line does not end in HTTP/1.1",
                HintFor(line_, kRequestLineHint));
    }
    if (version <= blank) return At(blank, "the request line has no target", kRequestLineHint);
    request_.method = method;
    return TakeTarget(blank + 1, line_.substr(blank + 1, version - blank - 1));
  }

  /// `offset`: where in the line the target begins.
  MaybeError TakeTarget(std::size_t offset, std::string_view target) {
    for (const std::string_view scheme : kSchemes) {
      if (!SameButForAsciiCase(target.substr(0, scheme.size()), scheme)) continue;
      target.remove_prefix(scheme.size());
      const std::string_view host = target.substr(0, target.find_first_of("/?"));
      offset += scheme.size();
      if (host.empty()) return At(offset, "the URL has no host");
      if (host.find('@') != host.npos) {
        return At(offset, "the URL has a user name", "RFC 9110 section 4.2.4 forbids it");
      }
      target_host_ = host;
      target.remove_prefix(host.size());
      SplitTarget(target);
      return {};
    }
    if (!target.starts_with('/')) {
      return At(offset, "the target is neither a path that begins with a slash nor a URL",
                kRequestLineHint);
    }
    SplitTarget(target);
    return {};
  }

  void SplitTarget(std::string_view target) {
    const std::size_t mark = target.find('?');
    request_.path = target.substr(0, mark);
    if (mark != target.npos) request_.query = target.substr(mark + 1);
  }

  MaybeError TakeHeader() {
    const std::size_t colon = line_.find(':');
    if (colon == line_.npos) {
      return At(0, "a header without a colon",
                HintFor(line_, "an empty line must stand before the body"));
    }
    const std::string_view name = line_.substr(0, colon);
    if (name.empty()) return At(0, "a header without a name", HintFor(line_, ""));
    if (IsBlank(name.back())) {
      return At(colon - 1, "white space before the colon of a header",
                "RFC 9112 section 5.1 forbids it");
    }
    if (!IsHttpToken(name)) {
      return At(0, "this is no name of a header", HintFor(line_, kTokenHint));
    }
    if (request_.headers.size() == kMaxHeaders) return At(0, "more than 500 headers");
    value_end_ = line_start_ + line_.size();
    request_.headers.push_back({std::string(name), std::string(line_.substr(colon + 1))});
    return {};
  }

  MaybeError TakeFold() {
    if (request_.headers.empty()) {
      return At(0, "white space at the beginning of the first header",
                "only the continuation of a header begins with white space");
    }
    if (std::ranges::all_of(line_, IsBlank)) {
      return At(0, "a line of white space alone", "the line before the body is empty");
    }
    // From the text, so that the line break is kept as it was.
    const std::size_t end = line_start_ + line_.size();
    request_.headers.back().value += text_.substr(value_end_, end - value_end_);
    value_end_ = end;
    return {};
  }

  void AddHost() {
    if (target_host_.empty()) return;
    const bool has_host = std::ranges::any_of(request_.headers, [](const HttpHeader& header) {
      return SameHeaderName(header.name, "host");
    });
    if (has_host) return;
    request_.headers.insert(request_.headers.begin(), {"Host", std::string(target_host_)});
  }

  std::string_view text_;
  HttpRequest request_;
  /// The host of a target in absolute form.
  std::string_view target_host_;
  /// The line at hand without its end, where it begins, and where the next one does.
  std::string_view line_;
  std::size_t line_start_ = 0;
  std::size_t next_ = 0;
  std::uint32_t line_number_ = 0;
  /// Where in the text the last header's value ends so far.
  std::size_t value_end_ = 0;
};

}  // namespace

Result<HttpRequest> ParseHttpRequest(std::string_view text) { return Parser(text).Parse(); }

}  // namespace sigvet
